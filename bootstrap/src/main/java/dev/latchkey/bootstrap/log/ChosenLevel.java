package dev.latchkey.bootstrap.log;

import ch.qos.logback.core.PropertyDefinerBase;

/** The level of the service's own loggers, for {@code logback.xml}: as {@link LogLines}. */
public final class ChosenLevel extends PropertyDefinerBase {

  @Override
  public String getPropertyValue() {
    return ServiceLog.level().name();
  }
}
