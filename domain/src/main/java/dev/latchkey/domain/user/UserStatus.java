package dev.latchkey.domain.user;

/** Whether a user may log in and keep sessions. */
public enum UserStatus {
  ACTIVE,
  DISABLED;

  /**
   * The status that was stored. One that only a newer version of the service knows is not the one
   * that lets a user in, whatever else it may be.
   */
  public static UserStatus stored(String name) {
    return name.equals(ACTIVE.name()) ? ACTIVE : DISABLED;
  }
}
