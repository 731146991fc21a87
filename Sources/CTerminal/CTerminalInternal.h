// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// What the files of this target share.

#pragma once

#define NCURSES_WIDECHAR 1
#define _GNU_SOURCE 1
#ifdef __APPLE__
#define _DARWIN_C_SOURCE 1
#define _XOPEN_SOURCE_EXTENDED 1
#endif

#if !__has_include(<curses.h>)
#error "install the ncurses development package (Debian, Ubuntu: libncurses-dev)"
#endif

#include "CTerminal.h"

#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <termios.h>

/// The one screen; touched by its owner alone once it is open.
struct weir_terminal_state {
    bool is_open;
    pthread_t owner;
    struct screen *screen;
    /// A pad that is never shown: reading keys from it draws nothing.
    struct _win_st *input_pad;
    FILE *input_file;
    FILE *output_file;
    int input;
    int output;
    struct termios modes_before;
    bool are_modes_known;
    int32_t color_mode;
    int32_t colors;
    /// Number of pairs of colours that can be in use at once, pair 0 left out.
    int32_t pair_limit;
    bool has_default_colors;
    bool is_utf8;
    bool is_xterm_like;
    bool is_synchronized;
    bool is_answer_due;
    int silent_inputs;
};

extern struct weir_terminal_state weir_terminal;

/// What the emergency restore needs; written before the signal handlers can see it.
struct weir_restore_plan {
    /// The terminal.
    int descriptor;
    /// Its modes before the screen was opened.
    struct termios modes;
    /// The sequences that undo what opening did.
    char sequences[512];
    size_t length;
};

/// Ends the process if the caller is not the owner of the screen.
void weir_terminal_check_owner(const char *function);

/// Writes down what undoes the opening of the current screen.
void weir_terminal_make_restore_plan(struct weir_restore_plan *plan);
/// Whether the current screen is of the family of xterm.
bool weir_terminal_is_of_xterm_family(void);
/// Starts colours, if the terminal has any, in a mode.
void weir_terminal_start_colors(int32_t mode);

/// Writes all bytes; false if the terminal is gone.
bool weir_terminal_write_fully(int descriptor, const char *bytes, size_t count);

/// Makes the self-pipe; 0 or -1 with errno.
int weir_terminal_make_pipe(void);
/// The end of the self-pipe to poll.
int weir_terminal_pipe_end(void);
/// Empties the self-pipe and returns what was noted since the last time.
uint32_t weir_terminal_take_notes(void);

/// Installs the handlers; from now on a crash restores the terminal as the plan says.
/// Keeps how signals are handled now, for the time after the screen: ncurses installs handlers of its own and leaves
/// them there, and its handler of SIGINT ends the process with the status 1.
void weir_terminal_keep_handlers(void);
void weir_terminal_install_handlers(const struct weir_restore_plan *plan);
/// Puts the handlers back that were there before.
void weir_terminal_remove_handlers(void);
/// Whether a crash has restored the terminal: nothing may be drawn any more.
bool weir_terminal_has_crashed(void);
/// Stops the process as if nobody handled SIGTSTP; returns when it is continued.
void weir_terminal_stop_process(bool whole_group);

/// Teaches ncurses the keys of common terminals that its data base does not have.
void weir_terminal_define_keys(void);
/// Translates a key of ncurses; WEIR_KEY_NONE if it is none of ours.
uint32_t weir_terminal_translate_key(uint32_t key);
