// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if !__has_include(<zlib.h>)
#error "install the zlib development package (Debian, Ubuntu: zlib1g-dev)"
#endif

#include "CCompression.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct buffer {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    size_t limit;
};

/// Makes room for at least one more byte, up to one byte beyond the limit, which is how too much is noticed.
static int grow(struct buffer *buffer) {
    size_t most = buffer->limit + 1;
    if (buffer->capacity >= most) return 0;
    size_t capacity = buffer->capacity < 4096 ? 4096 : buffer->capacity * 2;
    if (capacity > most) capacity = most;
    uint8_t *bytes = realloc(buffer->bytes, capacity);
    if (bytes == NULL) return 0;
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return 1;
}

static int32_t inflate_all(
    const uint8_t *input, size_t length, int window_bits, int is_gzip, struct buffer *buffer) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, window_bits) != Z_OK) return WEIR_INFLATE_NO_MEMORY;
    // zlib does not write through this pointer.
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)length;
    int32_t result = WEIR_INFLATE_CORRUPT;
    for (;;) {
        if (buffer->length == buffer->capacity && !grow(buffer)) {
            result = buffer->capacity > buffer->limit ? WEIR_INFLATE_TOO_LARGE : WEIR_INFLATE_NO_MEMORY;
            break;
        }
        size_t room = buffer->capacity - buffer->length;
        if (room > UINT_MAX) room = UINT_MAX;
        stream.next_out = buffer->bytes + buffer->length;
        stream.avail_out = (uInt)room;
        int code = inflate(&stream, Z_NO_FLUSH);
        buffer->length += room - stream.avail_out;
        if (buffer->length > buffer->limit) {
            result = WEIR_INFLATE_TOO_LARGE;
            break;
        }
        if (code == Z_STREAM_END) {
            if (stream.avail_in == 0) {
                result = WEIR_INFLATE_OK;
                break;
            }
            // What follows has to be another gzip member.
            if (!is_gzip || inflateReset(&stream) != Z_OK) break;
            continue;
        }
        if (code == Z_MEM_ERROR) {
            result = WEIR_INFLATE_NO_MEMORY;
            break;
        }
        if (code != Z_OK && !(code == Z_BUF_ERROR && stream.avail_out == 0)) break;
        // All input is read and no output is left to write: it ended too early.
        if (stream.avail_in == 0 && stream.avail_out != 0) break;
    }
    inflateEnd(&stream);
    return result;
}

int32_t weir_inflate(
    const uint8_t *input, size_t input_length, int32_t encoding, size_t limit, uint8_t **output,
    size_t *output_length) {
    if (input == NULL || input_length == 0 || input_length > UINT_MAX || limit > SIZE_MAX / 4) {
        return WEIR_INFLATE_CORRUPT;
    }
    struct buffer buffer = {NULL, 0, 0, limit};
    int32_t result;
    if (encoding == WEIR_GZIP) {
        result = inflate_all(input, input_length, 15 + 16, 1, &buffer);
    } else {
        result = inflate_all(input, input_length, 15, 0, &buffer);
        if (result == WEIR_INFLATE_CORRUPT) {
            buffer.length = 0;
            result = inflate_all(input, input_length, -15, 0, &buffer);
        }
    }
    if (result != WEIR_INFLATE_OK) {
        free(buffer.bytes);
        return result;
    }
    *output = buffer.bytes;
    *output_length = buffer.length;
    return WEIR_INFLATE_OK;
}

void weir_inflate_free(uint8_t *output) { free(output); }

uint32_t weir_crc32(const uint8_t *bytes, size_t length) {
    uLong crc = crc32(0L, Z_NULL, 0);
    while (length > 0) {
        uInt part = length > UINT_MAX ? UINT_MAX : (uInt)length;
        crc = crc32(crc, bytes, part);
        bytes += part;
        length -= part;
    }
    return (uint32_t)crc;
}
