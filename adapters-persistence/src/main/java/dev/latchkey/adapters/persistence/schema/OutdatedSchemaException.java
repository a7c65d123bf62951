package dev.latchkey.adapters.persistence.schema;

/** The schema is older than this version needs, and it was not asked to migrate it. */
public final class OutdatedSchemaException extends RuntimeException {

  private final String found;
  private final String needed;

  OutdatedSchemaException(String found, String needed) {
    super("the schema is at version " + found + ", and " + needed + " is needed");
    this.found = found;
    this.needed = needed;
  }

  /** The version of the schema; {@code none} if there is no schema yet. */
  public String found() {
    return found;
  }

  /** The version that is needed at least. */
  public String needed() {
    return needed;
  }
}
