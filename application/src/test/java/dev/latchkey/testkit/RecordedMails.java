package dev.latchkey.testkit;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.Mailer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the mails, in the order in which they were sent; or fails, if a test wants it to. */
public final class RecordedMails implements Mailer {

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  @Override
  public void send(Mail mail) {
    if (failing) {
      throw new MailNotSentException(
          "no mail can be sent in this test", new IllegalStateException("failing"));
    }
    mails.add(mail);
  }

  /** From now on, until {@link #recover}, nothing is sent. */
  public void fail() {
    failing = true;
  }

  public void recover() {
    failing = false;
  }

  public List<Mail> all() {
    return List.copyOf(mails);
  }

  public Mail last() {
    return mails.getLast();
  }
}
