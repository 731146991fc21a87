// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// The screen: opening, drawing, reading, closing.

#include "CTerminalInternal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <langinfo.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct weir_terminal_state weir_terminal;

// MARK: Ownership

void weir_terminal_check_owner(const char *function) {
    if (!weir_terminal.is_open || pthread_equal(weir_terminal.owner, pthread_self())) return;
    weir_terminal_restore_now();
    fprintf(stderr, "%s was called on a thread that does not own the screen\n", function);
    abort();
}

bool weir_terminal_is_terminal(int32_t descriptor) { return descriptor >= 0 && isatty(descriptor); }

const char *weir_terminal_library(void) { return curses_version(); }

// MARK: Opening and closing

/// The terminal behind a descriptor with an open file of its own: flags set on it are not shared with other processes.
static int reopen(int descriptor, int flags) {
    char name[256];
    if (ttyname_r(descriptor, name, sizeof name) == 0) {
        int own = open(name, flags | O_NOCTTY | O_CLOEXEC);
        if (own >= 0 && isatty(own)) return own;
        if (own >= 0) close(own);
    }
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

static void set_modes(void) {
    cbreak();
    noecho();
    nonl();
    struct termios modes;
    if (tcgetattr(weir_terminal.output, &modes) == 0) {
        // ^S and ^Q are keys; ^\ must not leave a core and a broken screen; ^V and ^O are not the driver's.
        modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
        modes.c_lflag &= ~(tcflag_t)IEXTEN;
        modes.c_cc[VQUIT] = _POSIX_VDISABLE;
        tcsetattr(weir_terminal.output, TCSADRAIN, &modes);
    }
    // Without this the next refresh after endwin takes the modes from before.
    def_prog_mode();
}

/// Switches on what ncurses does not know of.
static void begin_extras(bool asks) {
    if (!weir_terminal.is_xterm_like) return;
    const char *paste = "\033[?2004h";
    weir_terminal_write_fully(weir_terminal.output, paste, strlen(paste));
    if (asks) {
        const char *question = "\033[?2026$p";
        weir_terminal_write_fully(weir_terminal.output, question, strlen(question));
        weir_terminal.is_answer_due = true;
    }
}

static void end_extras(void) {
    if (!weir_terminal.is_xterm_like) return;
    const char *paste = "\033[?2004l";
    weir_terminal_write_fully(weir_terminal.output, paste, strlen(paste));
}

static void close_files(void) {
    if (weir_terminal.input_file != NULL) fclose(weir_terminal.input_file);
    if (weir_terminal.output_file != NULL) fclose(weir_terminal.output_file);
    weir_terminal.input_file = NULL;
    weir_terminal.output_file = NULL;
}

static int32_t open_files(const struct weir_terminal_options *options) {
    if (!weir_terminal_is_terminal(options->output)) return WEIR_TERMINAL_NOT_A_TERMINAL;
    weir_terminal.output = reopen(options->output, O_RDWR);
    weir_terminal.input =
        options->input >= 0 ? reopen(options->input, O_RDWR) : open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    weir_terminal.output_file = weir_terminal.output >= 0 ? fdopen(weir_terminal.output, "w") : NULL;
    weir_terminal.input_file = weir_terminal.input >= 0 ? fdopen(weir_terminal.input, "r") : NULL;
    if (weir_terminal.output_file == NULL || weir_terminal.input_file == NULL) {
        int saved = errno;
        close_files();
        errno = saved;
        return WEIR_TERMINAL_SYSTEM_ERROR;
    }
    if (!isatty(weir_terminal.input)) {
        close_files();
        return WEIR_TERMINAL_NOT_A_TERMINAL;
    }
    return WEIR_TERMINAL_OK;
}

int32_t weir_terminal_open(const struct weir_terminal_options *options, struct weir_terminal_info *info) {
    if (weir_terminal.is_open) return WEIR_TERMINAL_ALREADY_OPEN;
    if (weir_terminal_make_pipe() != 0) return WEIR_TERMINAL_SYSTEM_ERROR;
    memset(&weir_terminal, 0, sizeof weir_terminal);
    int32_t result = open_files(options);
    if (result != WEIR_TERMINAL_OK) return result;
    weir_terminal.are_modes_known = tcgetattr(weir_terminal.output, &weir_terminal.modes_before) == 0;

    setlocale(LC_CTYPE, "");
    weir_terminal.is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    // The size comes from the terminal; LINES and COLUMNS of the environment would lie after the first change.
    use_env(false);
    use_tioctl(true);
    set_escdelay(options->escape_delay);
    weir_terminal_keep_handlers();
    weir_terminal.screen = newterm(options->name, weir_terminal.output_file, weir_terminal.input_file);
    if (weir_terminal.screen == NULL) {
        close_files();
        return WEIR_TERMINAL_UNKNOWN_NAME;
    }
    set_term(weir_terminal.screen);
    weir_terminal.is_xterm_like = weir_terminal_is_of_xterm_family();
    weir_terminal_start_colors(options->color_mode);

    struct weir_restore_plan plan;
    weir_terminal_make_restore_plan(&plan);
    weir_terminal.owner = pthread_self();
    weir_terminal.is_open = true;
    weir_terminal_install_handlers(&plan);

    set_modes();
    weir_terminal.input_pad = newpad(1, 1);
    keypad(weir_terminal.input_pad, true);
    nodelay(weir_terminal.input_pad, true);
    typeahead(-1);
    curs_set(0);
    weir_terminal_define_keys();
    int32_t columns;
    int32_t rows;
    weir_terminal_size(&columns, &rows);
    resizeterm(rows, columns);
    leaveok(stdscr, true);
    clearok(curscr, true);
    refresh();
    begin_extras(true);

    info->colors = weir_terminal.colors;
    info->pairs = weir_terminal.pair_limit;
    info->is_utf8 = weir_terminal.is_utf8;
    info->is_xterm_like = weir_terminal.is_xterm_like;
    return WEIR_TERMINAL_OK;
}

void weir_terminal_close(void) {
    if (!weir_terminal.is_open) return;
    weir_terminal_check_owner(__func__);
    end_extras();
    if (!isendwin()) endwin();
    if (weir_terminal.are_modes_known) {
        // An answer that comes after we are gone would be read by the shell: what came so far is thrown away.
        tcsetattr(weir_terminal.output, weir_terminal.is_answer_due ? TCSAFLUSH : TCSADRAIN, &weir_terminal.modes_before);
    }
    weir_terminal_remove_handlers();
    weir_terminal.is_open = false;
    delwin(weir_terminal.input_pad);
    delscreen(weir_terminal.screen);
    close_files();
}

// MARK: Size

void weir_terminal_size(int32_t *columns, int32_t *rows) {
    struct winsize size;
    memset(&size, 0, sizeof size);
    if (ioctl(weir_terminal.output, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        *columns = 80;
        *rows = 24;
        return;
    }
    *columns = size.ws_col;
    *rows = size.ws_row;
}

void weir_terminal_resize(int32_t columns, int32_t rows) {
    if (!weir_terminal.is_open) return;
    weir_terminal_check_owner(__func__);
    resizeterm(rows, columns);
}

// MARK: Input

uint32_t weir_terminal_poll(int32_t timeout_milliseconds) {
    if (!weir_terminal.is_open) return WEIR_TERMINAL_HANG_UP;
    weir_terminal_check_owner(__func__);
    struct pollfd waited[2] = {
        {.fd = weir_terminal.input, .events = POLLIN},
        {.fd = weir_terminal_pipe_end(), .events = POLLIN},
    };
    int count;
    do {
        // A signal of ours has put a byte into the pipe, so nothing is lost by waiting again.
        count = poll(waited, 2, timeout_milliseconds);
    } while (count < 0 && errno == EINTR);

    uint32_t found = 0;
    if (waited[1].revents & POLLIN) found |= weir_terminal_take_notes();
    if (waited[0].revents & POLLIN) found |= WEIR_TERMINAL_INPUT;
    if (waited[0].revents & (POLLHUP | POLLERR | POLLNVAL)) found |= WEIR_TERMINAL_HANG_UP;
    // A terminal that always has input but never gives any is gone as well.
    if (found & WEIR_TERMINAL_INPUT) {
        weir_terminal.silent_inputs += 1;
        if (weir_terminal.silent_inputs > 64) found |= WEIR_TERMINAL_HANG_UP;
    } else {
        weir_terminal.silent_inputs = 0;
    }
    return found;
}

int32_t weir_terminal_read(struct weir_terminal_unit *units, int32_t capacity) {
    if (!weir_terminal.is_open) return 0;
    weir_terminal_check_owner(__func__);
    int32_t count = 0;
    while (count < capacity) {
        wint_t value = 0;
        int status = wget_wch(weir_terminal.input_pad, &value);
        if (status == ERR) break;
        weir_terminal.silent_inputs = 0;
        if (status == KEY_CODE_YES) {
            uint32_t key = weir_terminal_translate_key((uint32_t)value);
            if (key == WEIR_KEY_SYNCHRONIZED || key == WEIR_KEY_NOT_SYNCHRONIZED) weir_terminal.is_answer_due = false;
            if (key == WEIR_KEY_NONE) continue;
            units[count].is_key = true;
            units[count].code = key;
        } else {
            units[count].is_key = false;
            units[count].code = (uint32_t)value;
        }
        count += 1;
    }
    return count;
}

// MARK: Stopping

/// Takes the terminal again after endwin; what is on the screen is unknown.
static void enter_again(void) {
    int32_t columns;
    int32_t rows;
    weir_terminal_size(&columns, &rows);
    resizeterm(rows, columns);
    clearok(curscr, true);
    refresh();
    // endwin has switched the keypad off, and ncurses switches it on again only where it reads from another window.
    keypad(weir_terminal.input_pad, true);
    curs_set(0);
    begin_extras(false);
}

void weir_terminal_suspend(bool whole_group) {
    if (!weir_terminal.is_open) return;
    weir_terminal_check_owner(__func__);
    end_extras();
    endwin();
    if (weir_terminal.are_modes_known) tcsetattr(weir_terminal.output, TCSADRAIN, &weir_terminal.modes_before);
    weir_terminal_stop_process(whole_group);
    enter_again();
}

void weir_terminal_retake(void) {
    if (!weir_terminal.is_open) return;
    weir_terminal_check_owner(__func__);
    endwin();
    enter_again();
}
