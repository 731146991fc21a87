// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stddef.h>
#include <stdint.h>

/// How a body is compressed.
enum weir_encoding {
    /// RFC 1952; several members one after the other are one body.
    WEIR_GZIP = 0,
    /// RFC 1950, or RFC 1951 without a frame, which some clients send under the same name.
    WEIR_DEFLATE = 1,
};

/// How inflating ended.
enum weir_inflate_result {
    WEIR_INFLATE_OK = 0,
    /// The input is no such data, or ends too early.
    WEIR_INFLATE_CORRUPT = 1,
    /// The output would be longer than the limit.
    WEIR_INFLATE_TOO_LARGE = 2,
    /// No memory.
    WEIR_INFLATE_NO_MEMORY = 3,
};

/// Inflates `input` into memory of its own, at most `limit` bytes.
///
/// On `WEIR_INFLATE_OK`, `*output` holds `*output_length` bytes and has to be given to `weir_inflate_free`; otherwise
/// both are left alone. May be called from any thread.
int32_t weir_inflate(
    const uint8_t *input, size_t input_length, int32_t encoding, size_t limit, uint8_t **output, size_t *output_length);

/// Gives back what `weir_inflate` made; nothing happens for a null pointer.
void weir_inflate_free(uint8_t *output);

/// Deflates `input` (RFC 1950) at a level from 1, quick, to 9, small.
///
/// Returns 0, and `*output` holds `*output_length` bytes and has to be given to `weir_inflate_free`; otherwise there was
/// no memory, or the input is too long, and both are left alone. May be called from any thread.
int32_t weir_deflate(
    const uint8_t *input, size_t input_length, int32_t level, uint8_t **output, size_t *output_length);

/// Deflates one thing after another with the same memory.
struct weir_deflater;

/// Makes one of a level from 1, quick, to 9, small; a null pointer if there is no memory.
struct weir_deflater *weir_deflater_create(int32_t level);

/// Deflates `input` (RFC 1950) into memory that is the deflater's, and valid until it is used again.
///
/// Returns 0, and `*output` holds `*output_length` bytes; otherwise there was no memory, or the input is too long, and both
/// are left alone. What comes out is what `weir_deflate` makes. One deflater is used by one thread at a time.
int32_t weir_deflater_run(
    struct weir_deflater *deflater, const uint8_t *input, size_t input_length, const uint8_t **output,
    size_t *output_length);

/// Gives back what `weir_deflater_create` made; nothing happens for a null pointer.
void weir_deflater_free(struct weir_deflater *deflater);

/// Goes on with a CRC-32C (Castagnoli) over more bytes; begin with 0.
uint32_t weir_crc32c(uint32_t crc, const uint8_t *bytes, size_t length);

/// The CRC-32 (IEEE 802.3) of bytes, as the header x-amz-crc32 carries it.
uint32_t weir_crc32(const uint8_t *bytes, size_t length);
