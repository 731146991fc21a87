// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#include "CCompression.h"

#include <pthread.h>
#include <string.h>

/// Eight bytes at a time: table[k] is what a byte does that is followed by k zero bytes.
static uint32_t table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        // The polynomial of RFC 3720, reflected.
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0x82f63b78u : crc >> 1;
        table[0][byte] = crc;
    }
    for (int k = 1; k < 8; k++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t before = table[k - 1][byte];
            table[k][byte] = before >> 8 ^ table[0][before & 0xff];
        }
    }
}

uint32_t weir_crc32c(uint32_t crc, const uint8_t *bytes, size_t length) {
    pthread_once(&once, fill);
    crc = ~crc;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16
                              | (uint32_t)bytes[3] << 24);
        crc = table[7][low & 0xff] ^ table[6][low >> 8 & 0xff] ^ table[5][low >> 16 & 0xff] ^ table[4][low >> 24]
            ^ table[3][bytes[4]] ^ table[2][bytes[5]] ^ table[1][bytes[6]] ^ table[0][bytes[7]];
    }
    for (; length > 0; bytes++, length--) crc = crc >> 8 ^ table[0][(crc ^ *bytes) & 0xff];
    return ~crc;
}
