// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// What the terminfo data base knows of terminals.

#include "CTerminalInternal.h"

// term.h defines names like `columns` as macros, so it is included here alone.
#include <curses.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static bool terminfo_has(const char *name, int *colors) {
    int error = 0;
    TERMINAL *before = cur_term;
    bool is_there = setupterm(name, STDOUT_FILENO, &error) == OK;
    if (is_there) {
        if (colors != NULL) *colors = tigetnum("colors");
        TERMINAL *ours = cur_term;
        set_curterm(before);
        if (ours != before) del_curterm(ours);
    }
    return is_there;
}

struct weir_terminal_description weir_terminal_describe(const char *name) {
    struct weir_terminal_description description;
    memset(&description, 0, sizeof description);
    if (name == NULL || name[0] == 0 || weir_terminal.is_open) return description;
    int colors = 0;
    description.is_known = terminfo_has(name, &colors);
    description.colors = colors > 0 ? colors : 0;

    // xterm-256color has its direct colours in xterm-direct, tmux in tmux-direct.
    size_t length = strcspn(name, "-");
    if (description.is_known && length > 0 && length + sizeof "-direct" <= sizeof description.direct_name) {
        memcpy(description.direct_name, name, length);
        memcpy(description.direct_name + length, "-direct", sizeof "-direct");
        description.has_direct = terminfo_has(description.direct_name, NULL);
    }
    return description;
}

/// Adds a capability without the padding that only real, slow terminals need.
static void append_capability(struct weir_restore_plan *plan, const char *text) {
    if (text == NULL || text == (const char *)-1) return;
    while (*text != 0 && plan->length + 1 < sizeof plan->sequences) {
        if (text[0] == '$' && text[1] == '<') {
            const char *end = strchr(text, '>');
            if (end != NULL) {
                text = end + 1;
                continue;
            }
        }
        plan->sequences[plan->length] = *text;
        plan->length += 1;
        text += 1;
    }
}

void weir_terminal_make_restore_plan(struct weir_restore_plan *plan) {
    memset(plan, 0, sizeof *plan);
    plan->descriptor = weir_terminal.output;
    plan->modes = weir_terminal.modes_before;
    if (weir_terminal.is_xterm_like) {
        append_capability(plan, "\033[?2026l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l");
    }
    append_capability(plan, tigetstr("sgr0"));
    if (weir_terminal.color_mode != WEIR_TERMINAL_MONOCHROME) append_capability(plan, tigetstr("op"));
    append_capability(plan, tigetstr("cnorm"));
    append_capability(plan, tigetstr("rmkx"));
    const char *leave = tigetstr("rmcup");
    if (leave == NULL || leave == (const char *)-1) leave = "\r\n";
    append_capability(plan, leave);
}

bool weir_terminal_is_of_xterm_family(void) {
    const char *paste = tigetstr("BE");
    return tigetflag("XT") > 0 || (paste != NULL && paste != (const char *)-1);
}
