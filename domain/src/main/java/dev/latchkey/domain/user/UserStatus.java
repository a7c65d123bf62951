package dev.latchkey.domain.user;

/** Whether a user may log in and keep sessions. */
public enum UserStatus {
  ACTIVE,
  DISABLED
}
