// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// Keys: what terminals send beyond the data base, and what ncurses calls them.

#include "CTerminalInternal.h"

#include <curses.h>
#include <stdio.h>

enum {
    /// Our own key codes lie above those of ncurses: this, plus a WEIR_KEY and its modifiers in bits 8 to 10. ncurses keeps
    /// them in 16 bits.
    own_base = 0x1000,
    modifier_shift = 8,
};

static void define(const char *sequence, uint32_t key) {
    uint32_t modifiers = (key >> 16) & 7;
    define_key(sequence, (int)(own_base + (modifiers << modifier_shift) + (key & 0xFF)));
}

/// xterm numbers modifiers from 2: 1 plus the sum of shift 1, alt 2, control 4.
static uint32_t modifiers_of(int number) {
    uint32_t bits = (uint32_t)(number - 1);
    return ((bits & 1) ? WEIR_KEY_SHIFT : 0u) | ((bits & 2) ? WEIR_KEY_ALT : 0u) | ((bits & 4) ? WEIR_KEY_CONTROL : 0u);
}

void weir_terminal_define_keys(void) {
    static const struct {
        char letter;
        uint32_t key;
    } letters[] = {
        {'A', WEIR_KEY_UP},   {'B', WEIR_KEY_DOWN}, {'C', WEIR_KEY_RIGHT},
        {'D', WEIR_KEY_LEFT}, {'H', WEIR_KEY_HOME}, {'F', WEIR_KEY_END},
    };
    static const struct {
        int number;
        uint32_t key;
    } numbers[] = {
        {1, WEIR_KEY_HOME},
        {2, WEIR_KEY_INSERT},
        {3, WEIR_KEY_DELETE},
        {4, WEIR_KEY_END},
        {5, WEIR_KEY_PAGE_UP},
        {6, WEIR_KEY_PAGE_DOWN},
        {7, WEIR_KEY_HOME},
        {8, WEIR_KEY_END},
        {11, WEIR_KEY_FUNCTION_1},
        {12, WEIR_KEY_FUNCTION_1 + 1},
        {13, WEIR_KEY_FUNCTION_1 + 2},
        {14, WEIR_KEY_FUNCTION_1 + 3},
        {15, WEIR_KEY_FUNCTION_1 + 4},
        {17, WEIR_KEY_FUNCTION_1 + 5},
        {18, WEIR_KEY_FUNCTION_1 + 6},
        {19, WEIR_KEY_FUNCTION_1 + 7},
        {20, WEIR_KEY_FUNCTION_1 + 8},
        {21, WEIR_KEY_FUNCTION_1 + 9},
        {23, WEIR_KEY_FUNCTION_1 + 10},
        {24, WEIR_KEY_FUNCTION_1 + 11},
    };
    char sequence[32];
    for (size_t index = 0; index < sizeof letters / sizeof letters[0]; index += 1) {
        // Both forms, whichever mode the terminal thinks it is in.
        snprintf(sequence, sizeof sequence, "\033[%c", letters[index].letter);
        define(sequence, letters[index].key);
        snprintf(sequence, sizeof sequence, "\033O%c", letters[index].letter);
        define(sequence, letters[index].key);
        for (int modifier = 2; modifier <= 8; modifier += 1) {
            snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifier, letters[index].letter);
            define(sequence, letters[index].key | modifiers_of(modifier));
        }
    }
    for (size_t index = 0; index < sizeof numbers / sizeof numbers[0]; index += 1) {
        snprintf(sequence, sizeof sequence, "\033[%d~", numbers[index].number);
        define(sequence, numbers[index].key);
        for (int modifier = 2; modifier <= 8; modifier += 1) {
            snprintf(sequence, sizeof sequence, "\033[%d;%d~", numbers[index].number, modifier);
            define(sequence, numbers[index].key | modifiers_of(modifier));
        }
    }
    for (int number = 0; number < 4; number += 1) {
        snprintf(sequence, sizeof sequence, "\033O%c", 'P' + number);
        define(sequence, WEIR_KEY_FUNCTION_1 + (uint32_t)number);
    }
    define("\033[Z", WEIR_KEY_BACK_TAB);
    define("\033[200~", WEIR_KEY_PASTE_BEGIN);
    define("\033[201~", WEIR_KEY_PASTE_END);
    define("\033[?2026;1$y", WEIR_KEY_SYNCHRONIZED);
    define("\033[?2026;2$y", WEIR_KEY_SYNCHRONIZED);
    define("\033[?2026;0$y", WEIR_KEY_NOT_SYNCHRONIZED);
    define("\033[?2026;3$y", WEIR_KEY_NOT_SYNCHRONIZED);
    define("\033[?2026;4$y", WEIR_KEY_NOT_SYNCHRONIZED);
}

uint32_t weir_terminal_translate_key(uint32_t key) {
    if (key >= own_base) {
        uint32_t own = key - own_base;
        return (own & 0xFF) | (((own >> modifier_shift) & 7) << 16);
    }
    if (key >= KEY_F0 + 1 && key <= KEY_F0 + 24) return WEIR_KEY_FUNCTION_1 + (key - KEY_F0 - 1);
    switch (key) {
    case KEY_UP: return WEIR_KEY_UP;
    case KEY_DOWN: return WEIR_KEY_DOWN;
    case KEY_LEFT: return WEIR_KEY_LEFT;
    case KEY_RIGHT: return WEIR_KEY_RIGHT;
    case KEY_SR: return WEIR_KEY_UP | WEIR_KEY_SHIFT;
    case KEY_SF: return WEIR_KEY_DOWN | WEIR_KEY_SHIFT;
    case KEY_SLEFT: return WEIR_KEY_LEFT | WEIR_KEY_SHIFT;
    case KEY_SRIGHT: return WEIR_KEY_RIGHT | WEIR_KEY_SHIFT;
    case KEY_HOME: case KEY_A1: return WEIR_KEY_HOME;
    case KEY_END: case KEY_C1: return WEIR_KEY_END;
    case KEY_SHOME: return WEIR_KEY_HOME | WEIR_KEY_SHIFT;
    case KEY_SEND: return WEIR_KEY_END | WEIR_KEY_SHIFT;
    case KEY_PPAGE: case KEY_A3: return WEIR_KEY_PAGE_UP;
    case KEY_NPAGE: case KEY_C3: return WEIR_KEY_PAGE_DOWN;
    case KEY_SPREVIOUS: return WEIR_KEY_PAGE_UP | WEIR_KEY_SHIFT;
    case KEY_SNEXT: return WEIR_KEY_PAGE_DOWN | WEIR_KEY_SHIFT;
    case KEY_IC: return WEIR_KEY_INSERT;
    case KEY_DC: return WEIR_KEY_DELETE;
    case KEY_BACKSPACE: return WEIR_KEY_BACKSPACE;
    case KEY_ENTER: return WEIR_KEY_ENTER;
    case KEY_BTAB: return WEIR_KEY_BACK_TAB;
    // KEY_RESIZE too: the size comes by another way.
    default: return WEIR_KEY_NONE;
    }
}
