// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// The terminal as plain integers and structs, over wide-character ncurses. No name of ncurses leaves this target.
//
// There is one screen a process. The thread that opens it owns it: every function below that is marked "owner" ends the
// process with a message when another thread calls it. Functions that can fail return a result code.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /// Done.
    WEIR_TERMINAL_OK = 0,
    /// Input or output is not a terminal.
    WEIR_TERMINAL_NOT_A_TERMINAL = 1,
    /// The terminal's name is not in the terminfo data base, or the entry is not good enough for a screen.
    WEIR_TERMINAL_UNKNOWN_NAME = 2,
    /// A screen is open already.
    WEIR_TERMINAL_ALREADY_OPEN = 3,
    /// The system refused something; see errno.
    WEIR_TERMINAL_SYSTEM_ERROR = 4,
};

/// Attributes of a cell, to be or-ed.
enum {
    WEIR_TERMINAL_BOLD = 1,
    WEIR_TERMINAL_DIM = 2,
    WEIR_TERMINAL_REVERSE = 4,
    WEIR_TERMINAL_UNDERLINE = 8,
    WEIR_TERMINAL_ITALIC = 16,
};

/// What poll found, to be or-ed.
enum {
    /// There may be input to read.
    WEIR_TERMINAL_INPUT = 1,
    /// weir_terminal_wake was called.
    WEIR_TERMINAL_WOKEN = 2,
    /// The size has changed.
    WEIR_TERMINAL_RESIZED = 4,
    /// SIGTSTP: the person wants the process to stop.
    WEIR_TERMINAL_STOP = 8,
    /// SIGCONT: the process was continued; somebody else may have drawn.
    WEIR_TERMINAL_CONTINUED = 16,
    /// SIGINT.
    WEIR_TERMINAL_INTERRUPT = 32,
    /// SIGTERM.
    WEIR_TERMINAL_TERMINATE = 64,
    /// SIGHUP, or the terminal is gone.
    WEIR_TERMINAL_HANG_UP = 128,
};

/// Keys, as the low 16 bits of an input unit; modifiers are or-ed to them.
enum {
    WEIR_KEY_NONE = 0,
    WEIR_KEY_UP,
    WEIR_KEY_DOWN,
    WEIR_KEY_LEFT,
    WEIR_KEY_RIGHT,
    WEIR_KEY_HOME,
    WEIR_KEY_END,
    WEIR_KEY_PAGE_UP,
    WEIR_KEY_PAGE_DOWN,
    WEIR_KEY_INSERT,
    WEIR_KEY_DELETE,
    WEIR_KEY_BACKSPACE,
    WEIR_KEY_ENTER,
    WEIR_KEY_BACK_TAB,
    WEIR_KEY_PASTE_BEGIN,
    WEIR_KEY_PASTE_END,
    /// The terminal has synchronised output.
    WEIR_KEY_SYNCHRONIZED,
    /// The terminal answered that it does not have synchronised output.
    WEIR_KEY_NOT_SYNCHRONIZED,
    /// F1; F2 to F24 follow.
    WEIR_KEY_FUNCTION_1 = 64,

    WEIR_KEY_SHIFT = 1 << 16,
    WEIR_KEY_ALT = 1 << 17,
    WEIR_KEY_CONTROL = 1 << 18,
};

/// How colours are given to ncurses.
enum {
    /// No colour sequence is ever sent.
    WEIR_TERMINAL_MONOCHROME = 0,
    /// Numbers of the terminal's palette.
    WEIR_TERMINAL_PALETTE = 1,
    /// 0xRRGGBB, with an entry of the data base made for that; 0 to 7 are still numbers of the palette.
    WEIR_TERMINAL_DIRECT = 2,
};

/// What the data base knows of a terminal.
struct weir_terminal_description {
    /// Whether there is an entry.
    bool is_known;
    /// Number of colours, at least 0.
    int32_t colors;
    /// Whether direct_name holds the name of an entry for direct colour.
    bool has_direct;
    char direct_name[64];
};

/// How a screen is opened.
struct weir_terminal_options {
    /// The name of the terminal, an entry of the data base.
    const char *name;
    /// The terminal to read keys from; -1: the process's own, /dev/tty.
    int32_t input;
    /// The terminal to draw on.
    int32_t output;
    /// One of WEIR_TERMINAL_MONOCHROME, PALETTE and DIRECT.
    int32_t color_mode;
    /// How long a lone ESC waits for the rest of a key, in milliseconds.
    int32_t escape_delay;
};

/// What was opened.
struct weir_terminal_info {
    /// Number of colours, 0 if monochrome.
    int32_t colors;
    /// Number of pairs of colours that can be on the screen at once.
    int32_t pairs;
    /// Whether characters outside of ASCII can be drawn.
    bool is_utf8;
    /// Whether the terminal understands the sequences of xterm (paste marks, clipboard).
    bool is_xterm_like;
};

/// One cell to draw.
struct weir_terminal_cell {
    /// A base and its marks; ends with a 0 if there are fewer than five.
    uint32_t scalars[5];
    /// Columns: 1 or 2. A cell of width 0 is the right half of the one before and is left out.
    uint8_t width;
    /// Attributes.
    uint8_t attributes;
    /// Colours: -1 for the terminal's own, else a number as the colour mode says.
    int32_t foreground;
    int32_t background;
};

/// One unit of input.
struct weir_terminal_unit {
    /// Whether `code` is a key (WEIR_KEY_…); else it is a Unicode scalar.
    bool is_key;
    uint32_t code;
};

/// Reads the data base. Any thread, but not while a screen is open.
struct weir_terminal_description weir_terminal_describe(const char *name);

/// Whether a file descriptor is a terminal. Any thread.
bool weir_terminal_is_terminal(int32_t descriptor);

/// The library's name, version and date, as "ncurses 6.4.20221231". Any thread.
const char *weir_terminal_library(void);

/// Opens the screen; the calling thread becomes its owner.
int32_t weir_terminal_open(const struct weir_terminal_options *options, struct weir_terminal_info *info);

/// Gives the terminal back. Owner; does nothing when no screen is open.
void weir_terminal_close(void);

/// Gives the terminal back in an emergency: only what is safe in a signal handler and on any thread.
void weir_terminal_restore_now(void);

/// The size of the terminal now; 80x24 if it does not say. Owner.
void weir_terminal_size(int32_t *columns, int32_t *rows);

/// Tells ncurses of a new size. Owner.
void weir_terminal_resize(int32_t columns, int32_t rows);

/// Waits for input, a signal or a wake-up; a negative time-out waits for ever. Owner. Returns what was found, 0 if nothing.
uint32_t weir_terminal_poll(int32_t timeout_milliseconds);

/// Ends a poll, now or the next one. Any thread, at any time.
void weir_terminal_wake(void);

/// Reads units of input until there are no more or the buffer is full. Owner. Returns their number.
int32_t weir_terminal_read(struct weir_terminal_unit *units, int32_t capacity);

/// Puts cells into a row of the next picture. Owner.
///
/// Returns false if the table of colour pairs was full and has been emptied: then the whole picture must be put again.
bool weir_terminal_put(int32_t row, int32_t column, const struct weir_terminal_cell *cells, int32_t count);

/// Writes what differs from the screen. Owner.
void weir_terminal_flush(void);

/// Writes the whole screen again with the next flush. Owner.
void weir_terminal_invalidate(void);

/// Wraps each flush in marks that keep the terminal from showing half of it. Owner.
void weir_terminal_set_synchronized(bool is_synchronized);

/// Writes bytes to the terminal, between pictures. Owner.
bool weir_terminal_write(const char *bytes, size_t count);

/// Gives the terminal back, stops, and takes the terminal again when continued. Owner.
///
/// With `whole_group` the other processes of the job are stopped too, as ^Z does.
void weir_terminal_suspend(bool whole_group);

/// Takes the terminal again after the process was continued without having been stopped by us. Owner.
void weir_terminal_retake(void);

/// Columns of a scalar by the C library in a UTF-8 locale, -1 if not printable. Any thread.
int32_t weir_terminal_columns(uint32_t scalar);

/// Runs a function on a new thread with a stack of a size. Returns 0 or an error number.
int32_t weir_terminal_run_on_thread(void (*body)(void *), void *argument, size_t stack_size);

#ifdef __cplusplus
}
#endif
