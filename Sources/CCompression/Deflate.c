// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#include "CCompression.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/// The least window that holds all of the input: what is short is deflated without clearing tables for what is long.
static int window_bits(size_t length) {
    int bits = 9;
    while (bits < 15 && ((size_t)1 << bits) < length + 262) bits++;
    return bits;
}

int32_t weir_deflate(
    const uint8_t *input, size_t input_length, int32_t level, uint8_t **output, size_t *output_length) {
    if (input_length > UINT_MAX / 2) return 1;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    int bits = window_bits(input_length);
    if (deflateInit2(&stream, level, Z_DEFLATED, bits, bits - 7 > 3 ? bits - 7 : 3, Z_DEFAULT_STRATEGY) != Z_OK) return 1;
    uLong room = deflateBound(&stream, (uLong)input_length);
    uint8_t *bytes = malloc(room);
    int code = Z_MEM_ERROR;
    if (bytes != NULL) {
        // zlib does not write through this pointer.
        stream.next_in = (Bytef *)input;
        stream.avail_in = (uInt)input_length;
        stream.next_out = bytes;
        stream.avail_out = (uInt)room;
        code = deflate(&stream, Z_FINISH);
    }
    size_t length = stream.total_out;
    deflateEnd(&stream);
    if (code != Z_STREAM_END) {
        free(bytes);
        return 1;
    }
    // What is kept for long should not keep the room for the worst case.
    uint8_t *fitting = realloc(bytes, length > 0 ? length : 1);
    *output = fitting == NULL ? bytes : fitting;
    *output_length = length;
    return 0;
}
