// swift-tools-version: 6.2
import PackageDescription

// An example for users of the library: it has the engine's product and nothing else. Outside of this repository the
// dependency is `.package(url: …, from: …)`.
let package = Package(
    name: "InsertCounts",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "weir", path: "../../..")],
    targets: [
        .executableTarget(
            name: "InsertCounts",
            dependencies: [.product(name: "ConsumerEngine", package: "weir")]
        ),
        .testTarget(
            name: "InsertCountsTests",
            dependencies: ["InsertCounts", .product(name: "ConsumerEngine", package: "weir")]
        ),
    ]
)
