// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// Signals become notes and a byte in a pipe; crashes give the terminal back first.

#include "CTerminalInternal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int pipe_ends[2] = {-1, -1};
static atomic_uint notes;

static const int handled_signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGPIPE};
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGQUIT};
/// They end a process that does not expect them.
static const int ending_signals[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ};
enum {
    handled_count = sizeof handled_signals / sizeof handled_signals[0],
    crash_count = sizeof crash_signals / sizeof crash_signals[0],
    ending_count = sizeof ending_signals / sizeof ending_signals[0],
    crash_stack_size = 256 * 1024,
};

static struct sigaction handled_before[handled_count];
static struct sigaction crash_before[crash_count];
/// Whether we handle it: who ignores such a signal, or has a use for it, goes on doing so.
static bool is_ending_ours[ending_count];
static bool are_handlers_installed;
static void *crash_stack;
static stack_t stack_before;

static struct weir_restore_plan restore_plan;
/// Whether the plan is good and not yet carried out.
static atomic_bool is_restore_due;
static atomic_bool has_crashed;

// MARK: The pipe

static void make_pipe_once(void) {
    int ends[2];
    if (pipe(ends) != 0) return;
    for (int index = 0; index < 2; index += 1) {
        fcntl(ends[index], F_SETFL, fcntl(ends[index], F_GETFL) | O_NONBLOCK);
        fcntl(ends[index], F_SETFD, FD_CLOEXEC);
    }
    pipe_ends[0] = ends[0];
    pipe_ends[1] = ends[1];
}

int weir_terminal_make_pipe(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_pipe_once);
    return pipe_ends[0] >= 0 ? 0 : -1;
}

int weir_terminal_pipe_end(void) { return pipe_ends[0]; }

/// Safe in signal handlers and on any thread. One byte is enough for all notes taken before the reader comes: the pipe
/// cannot fill up, and if it did, the reader would wake all the same.
static void take_note(unsigned note) {
    if (atomic_fetch_or(&notes, note) & note) return;
    int saved = errno;
    char byte = 1;
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

uint32_t weir_terminal_take_notes(void) {
    char bytes[64];
    while (read(pipe_ends[0], bytes, sizeof bytes) > 0) {
    }
    // After the pipe is empty: a note taken in between has written another byte.
    return atomic_exchange(&notes, 0);
}

void weir_terminal_wake(void) {
    if (weir_terminal_make_pipe() == 0) take_note(WEIR_TERMINAL_WOKEN);
}

// MARK: Handlers

static void handle_signal(int signal_number) {
    switch (signal_number) {
    case SIGWINCH: take_note(WEIR_TERMINAL_RESIZED); break;
    case SIGTSTP: take_note(WEIR_TERMINAL_STOP); break;
    case SIGCONT: take_note(WEIR_TERMINAL_CONTINUED); break;
    case SIGINT: take_note(WEIR_TERMINAL_INTERRUPT); break;
    case SIGTERM: take_note(WEIR_TERMINAL_TERMINATE); break;
    case SIGHUP: take_note(WEIR_TERMINAL_HANG_UP); break;
    default: break;
    }
}

void weir_terminal_restore_now(void) {
    if (!atomic_exchange(&is_restore_due, false)) return;
    int saved = errno;
    // Modes first: a terminal that does not take bytes (a slow link, ^S) must not keep them from being put back.
    tcsetattr(restore_plan.descriptor, TCSANOW, &restore_plan.modes);
    int flags = fcntl(restore_plan.descriptor, F_GETFL);
    if (flags >= 0) fcntl(restore_plan.descriptor, F_SETFL, flags | O_NONBLOCK);
    const char *bytes = restore_plan.sequences;
    size_t left = restore_plan.length;
    for (int attempt = 0; left > 0 && attempt < 1000; attempt += 1) {
        ssize_t written = write(restore_plan.descriptor, bytes, left);
        if (written > 0) {
            bytes += written;
            left -= (size_t)written;
        } else if (written < 0 && errno != EINTR && errno != EAGAIN) {
            break;
        }
    }
    if (flags >= 0) fcntl(restore_plan.descriptor, F_SETFL, flags);
    errno = saved;
}

static void handle_crash(int signal_number, siginfo_t *info, void *context) {
    atomic_store(&has_crashed, true);
    weir_terminal_restore_now();

    // What was there before goes on with the same facts: the Swift runtime writes its report from them.
    struct sigaction before = {.sa_handler = SIG_DFL};
    for (int index = 0; index < crash_count; index += 1) {
        if (crash_signals[index] == signal_number) before = crash_before[index];
    }
    if (before.sa_flags & SA_SIGINFO) {
        before.sa_sigaction(signal_number, info, context);
    } else if (before.sa_handler == SIG_IGN) {
        return;
    } else if (before.sa_handler != SIG_DFL) {
        before.sa_handler(signal_number);
    }
    // A fault happens again when this handler returns, and then ends the process. A signal that was sent does not.
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    sigaction(signal_number, &standard, NULL);
    if (info == NULL || info->si_code <= 0) raise(signal_number);
}

static void handle_ending(int signal_number) {
    atomic_store(&has_crashed, true);
    weir_terminal_restore_now();
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    sigaction(signal_number, &standard, NULL);
    raise(signal_number);
}

static void install_ending_handlers(void) {
    struct sigaction ending = {.sa_handler = handle_ending, .sa_flags = SA_ONSTACK | SA_NODEFER};
    sigemptyset(&ending.sa_mask);
    for (int index = 0; index < ending_count; index += 1) {
        struct sigaction before;
        is_ending_ours[index] = sigaction(ending_signals[index], NULL, &before) == 0 &&
            !(before.sa_flags & SA_SIGINFO) && before.sa_handler == SIG_DFL;
        if (is_ending_ours[index]) sigaction(ending_signals[index], &ending, NULL);
    }
}

static void remove_ending_handlers(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    for (int index = 0; index < ending_count; index += 1) {
        if (is_ending_ours[index]) sigaction(ending_signals[index], &standard, NULL);
        is_ending_ours[index] = false;
    }
}

void weir_terminal_keep_handlers(void) {
    for (int index = 0; index < handled_count; index += 1) sigaction(handled_signals[index], NULL, &handled_before[index]);
}

void weir_terminal_install_handlers(const struct weir_restore_plan *plan) {
    restore_plan = *plan;
    atomic_store(&has_crashed, false);
    atomic_store(&is_restore_due, true);

    struct sigaction handler = {.sa_handler = handle_signal, .sa_flags = SA_RESTART};
    sigfillset(&handler.sa_mask);
    for (int index = 0; index < handled_count; index += 1) {
        struct sigaction action = handler;
        if (handled_signals[index] == SIGPIPE) action.sa_handler = SIG_IGN;
        sigaction(handled_signals[index], &action, NULL);
    }

    if (crash_stack == NULL) crash_stack = malloc(crash_stack_size);
    stack_t stack = {.ss_sp = crash_stack, .ss_size = crash_stack_size};
    sigaltstack(&stack, &stack_before);
    struct sigaction crash = {.sa_sigaction = handle_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&crash.sa_mask);
    for (int index = 0; index < crash_count; index += 1) {
        sigaction(crash_signals[index], &crash, &crash_before[index]);
    }
    install_ending_handlers();
    are_handlers_installed = true;

    // The owner's thread may have been made by one that blocks signals.
    sigset_t ours;
    sigemptyset(&ours);
    for (int index = 0; index < handled_count; index += 1) sigaddset(&ours, handled_signals[index]);
    for (int index = 0; index < crash_count; index += 1) sigaddset(&ours, crash_signals[index]);
    for (int index = 0; index < ending_count; index += 1) {
        if (is_ending_ours[index]) sigaddset(&ours, ending_signals[index]);
    }
    pthread_sigmask(SIG_UNBLOCK, &ours, NULL);

    static atomic_bool is_exit_handled;
    if (!atomic_exchange(&is_exit_handled, true)) atexit(weir_terminal_restore_now);
}

void weir_terminal_remove_handlers(void) {
    atomic_store(&is_restore_due, false);
    if (!are_handlers_installed) return;
    are_handlers_installed = false;
    remove_ending_handlers();
    for (int index = 0; index < crash_count; index += 1) {
        sigaction(crash_signals[index], &crash_before[index], NULL);
    }
    for (int index = 0; index < handled_count; index += 1) {
        // A write to a pipe that is gone is an error for the writer to handle, after the screen as well.
        if (handled_signals[index] != SIGPIPE) sigaction(handled_signals[index], &handled_before[index], NULL);
    }
    sigaltstack(&stack_before, NULL);
}

bool weir_terminal_has_crashed(void) { return atomic_load(&has_crashed); }

void weir_terminal_stop_process(bool whole_group) {
    if (whole_group) {
        // Our own share of it must be over before the action is the standard one: else the process would stop twice.
        atomic_fetch_and(&notes, ~(unsigned)WEIR_TERMINAL_STOP);
        kill(0, SIGTSTP);
        for (int turn = 0; turn < 1000 && !(atomic_load(&notes) & WEIR_TERMINAL_STOP); turn += 1) poll(NULL, 0, 1);
    }
    struct sigaction standard = {.sa_handler = SIG_DFL};
    struct sigaction ours;
    sigemptyset(&standard.sa_mask);
    sigaction(SIGTSTP, &standard, &ours);
    // To this thread, so that it does not run on while another one takes the signal.
    pthread_kill(pthread_self(), SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    atomic_fetch_and(&notes, ~(unsigned)(WEIR_TERMINAL_STOP | WEIR_TERMINAL_CONTINUED));
}
