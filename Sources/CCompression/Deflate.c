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

static int begin(z_stream *stream, int32_t level, int bits) {
    memset(stream, 0, sizeof *stream);
    int memory_level = bits - 7 > 3 ? bits - 7 : 3;
    return deflateInit2(stream, level, Z_DEFLATED, bits, memory_level, Z_DEFAULT_STRATEGY) == Z_OK;
}

int32_t weir_deflate(
    const uint8_t *input, size_t input_length, int32_t level, uint8_t **output, size_t *output_length) {
    if (input_length > UINT_MAX / 2) return 1;
    z_stream stream;
    if (!begin(&stream, level, window_bits(input_length))) return 1;
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

enum { LEAST_BITS = 9, MOST_BITS = 15, KEPT_ROOM = 1 << 20 };

struct weir_deflater {
    int32_t level;
    /// One for each size of window, as they are needed.
    z_stream streams[MOST_BITS - LEAST_BITS + 1];
    int is_ready[MOST_BITS - LEAST_BITS + 1];
    uint8_t *output;
    size_t room;
};

struct weir_deflater *weir_deflater_create(int32_t level) {
    struct weir_deflater *deflater = calloc(1, sizeof *deflater);
    if (deflater != NULL) deflater->level = level;
    return deflater;
}

int32_t weir_deflater_run(
    struct weir_deflater *deflater, const uint8_t *input, size_t input_length, const uint8_t **output,
    size_t *output_length) {
    if (input_length > UINT_MAX / 2) return 1;
    int bits = window_bits(input_length);
    z_stream *stream = &deflater->streams[bits - LEAST_BITS];
    int *is_ready = &deflater->is_ready[bits - LEAST_BITS];
    if (*is_ready ? deflateReset(stream) != Z_OK : !begin(stream, deflater->level, bits)) return 1;
    *is_ready = 1;
    size_t bound = deflateBound(stream, (uLong)input_length);
    // What was once large is not kept for ever.
    if (bound > deflater->room || deflater->room > KEPT_ROOM) {
        free(deflater->output);
        deflater->output = malloc(bound);
        deflater->room = deflater->output == NULL ? 0 : bound;
        if (deflater->output == NULL) return 1;
    }
    // zlib does not write through this pointer.
    stream->next_in = (Bytef *)input;
    stream->avail_in = (uInt)input_length;
    stream->next_out = deflater->output;
    stream->avail_out = (uInt)bound;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END) return 1;
    *output = deflater->output;
    *output_length = stream->total_out;
    return 0;
}

void weir_deflater_free(struct weir_deflater *deflater) {
    if (deflater == NULL) return;
    for (int index = 0; index <= MOST_BITS - LEAST_BITS; index++) {
        if (deflater->is_ready[index]) deflateEnd(&deflater->streams[index]);
    }
    free(deflater->output);
    free(deflater);
}
