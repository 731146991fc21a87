// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// Cells to ncurses, and bytes to the terminal.

#include "CTerminalInternal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

// MARK: Pairs of colours

enum { pair_slots = 8192, pair_limit_most = 4096 };

static struct {
    struct {
        int32_t foreground;
        int32_t background;
        int32_t pair;
    } slots[pair_slots];
    int32_t count;
    /// Whether the table was emptied for the picture that is being put.
    bool was_emptied;
} pairs;

static void empty_pairs(void) {
    memset(pairs.slots, 0, sizeof pairs.slots);
    pairs.count = 0;
}

/// The pair for two colours; -1 if there is no room for it.
static int32_t pair_for(int32_t foreground, int32_t background) {
    if (weir_terminal.color_mode == WEIR_TERMINAL_MONOCHROME) return 0;
    if (foreground < 0 && background < 0) return 0;
    if (!weir_terminal.has_default_colors) {
        if (foreground < 0) foreground = COLOR_WHITE;
        if (background < 0) background = COLOR_BLACK;
    }
    uint32_t slot = ((uint32_t)(foreground + 1) * 2654435761u ^ (uint32_t)(background + 1) * 40503u) % pair_slots;
    while (pairs.slots[slot].pair != 0) {
        if (pairs.slots[slot].foreground == foreground && pairs.slots[slot].background == background) {
            return pairs.slots[slot].pair;
        }
        slot = (slot + 1) % pair_slots;
    }
    if (pairs.count >= weir_terminal.pair_limit) return -1;
    int32_t pair = pairs.count + 1;
    if (init_extended_pair(pair, foreground, background) == ERR) return 0;
    pairs.count = pair;
    pairs.slots[slot].foreground = foreground;
    pairs.slots[slot].background = background;
    pairs.slots[slot].pair = pair;
    return pair;
}

void weir_terminal_start_colors(int32_t mode) {
    weir_terminal.color_mode = WEIR_TERMINAL_MONOCHROME;
    weir_terminal.colors = 0;
    weir_terminal.pair_limit = 0;
    empty_pairs();
    if (mode == WEIR_TERMINAL_MONOCHROME || !has_colors() || start_color() == ERR) return;
    weir_terminal.color_mode = mode;
    weir_terminal.has_default_colors = use_default_colors() == OK;
    weir_terminal.colors = COLORS;
    weir_terminal.pair_limit = COLOR_PAIRS - 1 < pair_limit_most ? COLOR_PAIRS - 1 : pair_limit_most;
}

// MARK: Output

bool weir_terminal_write_fully(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd waited = {.fd = descriptor, .events = POLLOUT};
            poll(&waited, 1, -1);
            if (waited.revents & (POLLERR | POLLHUP | POLLNVAL)) return false;
        } else if (written < 0 && errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool weir_terminal_write(const char *bytes, size_t count) {
    if (!weir_terminal.is_open || weir_terminal_has_crashed()) return false;
    weir_terminal_check_owner(__func__);
    return weir_terminal_write_fully(weir_terminal.output, bytes, count);
}

static attr_t attributes_of(uint8_t attributes) {
    attr_t result = A_NORMAL;
    if (attributes & WEIR_TERMINAL_BOLD) result |= A_BOLD;
    if (attributes & WEIR_TERMINAL_DIM) result |= A_DIM;
    if (attributes & WEIR_TERMINAL_REVERSE) result |= A_REVERSE;
    if (attributes & WEIR_TERMINAL_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & WEIR_TERMINAL_ITALIC) result |= A_ITALIC;
    return result;
}

/// Makes what ncurses draws of a cell; never anything of another width than the cell says.
static void make_complex(cchar_t *complex, const struct weir_terminal_cell *cell, int32_t pair) {
    wchar_t text[CCHARW_MAX + 1];
    int length = 0;
    while (length < CCHARW_MAX && length < 5 && cell->scalars[length] != 0) {
        text[length] = (wchar_t)cell->scalars[length];
        length += 1;
    }
    text[length] = 0;
    bool is_plain = length == 1 && cell->scalars[0] >= 0x20 && cell->scalars[0] < 0x7F;
    if (!is_plain) {
        bool is_good = length > 0 && weir_terminal.is_utf8 && wcwidth(text[0]) == cell->width;
        for (int index = 1; is_good && index < length; index += 1) is_good = wcwidth(text[index]) == 0;
        if (!is_good) {
            text[0] = weir_terminal.is_utf8 ? 0xFFFD : L'?';
            text[1] = 0;
        }
    }
    attr_t attributes = attributes_of(cell->attributes);
    int extended = pair;
    if (setcchar(complex, text, attributes, 0, &extended) == ERR) {
        setcchar(complex, L"?", attributes, 0, &extended);
    }
}

bool weir_terminal_put(int32_t row, int32_t column, const struct weir_terminal_cell *cells, int32_t count) {
    if (!weir_terminal.is_open) return true;
    weir_terminal_check_owner(__func__);
    enum { chunk = 128 };
    cchar_t line[chunk];
    int32_t index = 0;
    while (index < count) {
        int length = 0;
        int32_t start = column;
        while (index < count && length < chunk - 1) {
            const struct weir_terminal_cell *cell = &cells[index];
            index += 1;
            if (cell->width == 0) continue;
            int32_t pair = pair_for(cell->foreground, cell->background);
            if (pair < 0 && !pairs.was_emptied) {
                // Pairs of cells that are no longer on the screen take room: begin anew, once for a picture.
                pairs.was_emptied = true;
                empty_pairs();
                return false;
            }
            make_complex(&line[length], cell, pair < 0 ? 0 : pair);
            wchar_t first[CCHARW_MAX + 1];
            attr_t attributes;
            short ignored;
            int number;
            getcchar(&line[length], first, &attributes, &ignored, &number);
            length += 1;
            column += cell->width;
            // What stands in for a wide character is narrow; a space fills the other half.
            if (cell->width == 2 && wcwidth(first[0]) != 2) {
                setcchar(&line[length], L" ", attributes, 0, &number);
                length += 1;
            }
        }
        mvadd_wchnstr(row, start, line, length);
    }
    return true;
}

void weir_terminal_flush(void) {
    if (!weir_terminal.is_open || weir_terminal_has_crashed()) return;
    weir_terminal_check_owner(__func__);
    pairs.was_emptied = false;
    const char *begin = "\033[?2026h";
    const char *end = "\033[?2026l";
    if (weir_terminal.is_synchronized) weir_terminal_write_fully(weir_terminal.output, begin, strlen(begin));
    refresh();
    if (weir_terminal.is_synchronized) weir_terminal_write_fully(weir_terminal.output, end, strlen(end));
}

void weir_terminal_invalidate(void) {
    if (!weir_terminal.is_open) return;
    weir_terminal_check_owner(__func__);
    clearok(curscr, true);
}

void weir_terminal_set_synchronized(bool is_synchronized) {
    weir_terminal_check_owner(__func__);
    weir_terminal.is_synchronized = is_synchronized;
}
