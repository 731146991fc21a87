// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#include "CCompression.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

int32_t weir_deflate(
    const uint8_t *input, size_t input_length, int32_t level, uint8_t **output, size_t *output_length) {
    if (input_length > UINT_MAX / 2) return 1;
    uLong room = compressBound((uLong)input_length);
    uint8_t *bytes = malloc(room);
    if (bytes == NULL) return 1;
    uLongf length = room;
    if (compress2(bytes, &length, input, (uLong)input_length, level) != Z_OK) {
        free(bytes);
        return 1;
    }
    // What is kept for long should not keep the room for the worst case.
    uint8_t *fitting = realloc(bytes, length > 0 ? length : 1);
    *output = fitting == NULL ? bytes : fitting;
    *output_length = length;
    return 0;
}
