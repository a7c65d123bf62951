package dev.latchkey.benchmarks.load;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;

/**
 * What a user does again and again.
 *
 * @param <U> the users
 */
@Immutable
@FunctionalInterface
public interface Action<U> {
  void perform(U user) throws IOException;
}
