package dev.latchkey.examples.tasks;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A row of the table {@code tasks}, and what callers see of it.
 *
 * @param owner the {@code sub} of the user who added it
 */
@MappedEntity("tasks")
record Task(
    @Id @GeneratedValue long id, String owner, String title, boolean done, Instant createdAt) {}
