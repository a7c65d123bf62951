package dev.latchkey.adapters.web.management;

import java.util.Optional;

/**
 * Where those who run the service ask, as {@code latchkey.management} has it.
 *
 * @param port none: at the port of the service
 * @param host the address of this machine that the port is open at
 */
public record ManagementPort(Optional<Integer> port, String host) {

  private static final int HIGHEST = 65_535;

  /**
   * @param setting empty for none
   * @param servicePort -1 stands for any
   * @throws IllegalArgumentException if it is no port, or that of the service, or there is no host
   */
  public static ManagementPort of(String setting, String host, int servicePort) {
    if (setting.isBlank()) {
      return new ManagementPort(Optional.empty(), host);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("its host is missing");
    }
    int port = parse(setting.strip());
    if (port < 1 || port > HIGHEST) {
      throw new IllegalArgumentException("it must be a number from 1 to 65535");
    }
    if (port == servicePort) {
      throw new IllegalArgumentException("it must not be the port of the service");
    }
    return new ManagementPort(Optional.of(port), host.strip());
  }

  /** For a browser on this machine. */
  public Optional<String> address() {
    return port.map(number -> "http://" + host + ":" + number);
  }

  private static int parse(String setting) {
    try {
      return Integer.parseInt(setting);
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
