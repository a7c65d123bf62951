package dev.latchkey.application.port.in.mail;

/** Sends the mail that has been due for longest; for a job that repeats it. */
public interface DeliverMail {

  Result execute();

  sealed interface Result {

    record NothingDue() implements Result {}

    record Sent() implements Result {}

    /** Whatever it was about is gone: nobody has that address, or it is verified by now. */
    record Dropped() implements Result {}

    /**
     * It is tried again later.
     *
     * @param reason on one line, for the operator
     */
    record NotSent(String reason) implements Result {}

    /** It could not be sent for a day, and is not tried again. */
    record GivenUp() implements Result {}
  }
}
