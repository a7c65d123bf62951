package dev.latchkey.bootstrap.settings;

import java.util.function.Supplier;

/** Turns a value that a setting cannot have into one sentence for the operator. */
public final class Setting {

  private Setting() {}

  /**
   * Builds what settings describe.
   *
   * @param names of the settings, as the operator knows them
   * @throws StartupException if the value refuses them; its message says why
   */
  public static <T> T valid(String names, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change " + names + ": " + e.getMessage() + ".", e);
    }
  }
}
