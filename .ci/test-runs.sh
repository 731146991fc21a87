# Weir, copyright the Weir project authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs tests for dev and counts what came of them; read by dev.

# Runs `swift test` and adds what came of it to `passed`, `failed` and `failing` of its caller, where `limit` is too.
run_tests() {
    local output="$1.log" results="$1.xml" status=0 run_passed=0 run_failed=0
    shift
    rm -f "$output" "$results"
    (cd "$root" && "${limit[@]}" swift test "$@" --xunit-output "$results" </dev/null) 2>&1 | tee "$output" || status=$?

    if [[ -f $results ]]; then
        read -r run_passed run_failed <<<"$(counts_of_results "$results")"
    else
        read -r run_passed run_failed <<<"$(counts_of_output "$output")"
        say "dev: the tests ended before their end, with status $status"
    fi
    if ((status != 0 && run_failed == 0)); then
        run_failed=1
        say "dev: the tests ended with status $status, although none is said to have failed"
    fi
    if ((run_passed == 0 && run_failed == 0)); then
        run_failed=1
        say "dev: no test ran"
    fi
    ((run_failed == 0)) || failing+=("$output")
    passed=$((passed + run_passed)) failed=$((failed + run_failed))
}

# Prints "passed failed" from the result file of a test run. Tests that were skipped count as neither.
counts_of_results() {
    local line passed=0 failed=0 skipped=0 total=0 failing=false
    while IFS= read -r line; do
        case $line in
            *'<testcase '*) total=$((total + 1)) failing=false ;;
            *'<skipped'*) skipped=$((skipped + 1)) ;;
            *'<failure '*)
                if [[ $failing == false ]]; then failed=$((failed + 1)) failing=true; fi
                ;;
        esac
    done <"$1"
    passed=$((total - failed - skipped))
    printf '%s %s' "$passed" "$failed"
}

# Prints "passed failed" from the output of a run that ended before it could write its results: the lost rest is one failure.
counts_of_output() {
    local line passed=0 failed=0
    while IFS= read -r line; do
        case $line in
            *'Test run with '*) ;;
            '✔ Test '*' passed after '*) passed=$((passed + 1)) ;;
            '✘ Test '*' failed after '*) failed=$((failed + 1)) ;;
        esac
    done <"$1"
    printf '%s %s' "$passed" "$((failed + 1))"
}

# Repeats what the outputs of runs say of failures, which in a log of thousands of lines are far from its end.
failures_of_outputs() {
    local line shown=false
    printf '%s\n' "what failed:"
    while IFS= read -r line; do
        case $line in
            '✘ Test run with '* | '✘ Suite '*) shown=false ;;
            '✘ '* | *': error: '*) shown=true ;;
            '↳ '*) ;;
            *) shown=false ;;
        esac
        [[ $shown == false ]] || printf '  %s\n' "$line"
    done < <(cat "$@")
}
