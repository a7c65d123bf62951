package dev.latchkey.benchmarks.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** How long processes have used a processor, as Linux counts it ({@code proc_pid_stat(5)}). */
final class ProcessorTime {

  /** Hundredths of a second: so the kernel tells user space on every platform that matters. */
  private static final int TICKS_PER_SECOND = 100;

  /** Counted from what follows the name of the program. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final int USER_TIME_OF_ENDED_CHILDREN = 13;
  private static final int SYSTEM_TIME_OF_ENDED_CHILDREN = 14;

  private ProcessorTime() {}

  static Duration of(ProcessHandle process) throws IOException {
    return ofTicks(ticks(process.pid(), USER_TIME, SYSTEM_TIME));
  }

  /** With its children, also those that have ended. */
  static Duration withChildren(ProcessHandle process) throws IOException {
    long ticks =
        ticks(
            process.pid(),
            USER_TIME,
            SYSTEM_TIME,
            USER_TIME_OF_ENDED_CHILDREN,
            SYSTEM_TIME_OF_ENDED_CHILDREN);
    for (ProcessHandle child : process.children().toList()) {
      ticks += ticks(child.pid(), USER_TIME, SYSTEM_TIME);
    }
    return ofTicks(ticks);
  }

  private static Duration ofTicks(long ticks) {
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private static long ticks(long pid, int... fields) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return IntStream.of(fields).mapToLong(field -> Long.parseLong(values[field])).sum();
    } catch (NoSuchFileException _) {
      return 0; // it has just ended
    }
  }
}
