package dev.latchkey.examples.tasks;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table {@code tasks}. The owner is part of each that concerns one user, so
 * that no caller can forget to compare it: for everybody else there is no such task.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TaskRepository extends GenericRepository<Task, Long> {

  @Query(
      """
      SELECT * FROM tasks WHERE owner = :owner AND id < :before
      ORDER BY id DESC LIMIT :most
      """)
  List<Task> of(String owner, long before, int most);

  @Query("SELECT * FROM tasks WHERE id < :before ORDER BY id DESC LIMIT :most")
  List<Task> ofEverybody(long before, int most);

  @Query("INSERT INTO tasks (owner, title) VALUES (:owner, :title) RETURNING *")
  Task add(String owner, String title);

  /** What is {@code null} stays as it is. */
  @Query(
      """
      UPDATE tasks SET
        title = coalesce(CAST(:title AS text), title),
        done = coalesce(CAST(:done AS boolean), done)
      WHERE id = :id AND owner = :owner
      RETURNING *
      """)
  @Nullable Task change(long id, String owner, @Nullable String title, @Nullable Boolean done);

  /** Returns the number of rows. */
  @Query("DELETE FROM tasks WHERE id = :id AND owner = :owner")
  int delete(long id, String owner);
}
