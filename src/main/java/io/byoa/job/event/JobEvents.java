package io.byoa.job.event;

import io.byoa.job.JobReads;
import io.byoa.job.RawJson;
import io.byoa.job.watch.Following;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Reads what has happened to jobs, in an order that resuming can rely on. */
@Singleton
class JobEvents {

  /** Events sent at a time. */
  private static final int PIECE = 500;

  private final EventRepository rows;

  JobEvents(EventRepository rows) {
    this.rows = rows;
  }

  /**
   * Something that happened to a job.
   *
   * @param number counts within the job, from 1
   * @param data what the job was like after it
   */
  record JobEvent(String job, long number, Instant time, String type, RawJson data) {}

  /**
   * The number of one of the job's events.
   *
   * @throws IllegalArgumentException when it has had no such event: it would be waited for silently
   */
  @Transactional
  public long number(String team, String id, String text) {
    long number = Long.parseLong(text);
    long last = rows.extent(team, id).map(EventRepository.Extent::events).orElse(0L);
    if (number < 0 || number > last) {
      throw new IllegalArgumentException("Not an event of the job: " + text);
    }
    return number;
  }

  /** One job's events after a number; ended once the job is, and all have been read. */
  @Transactional
  public Following.Batch<Long, JobEvent> ofJob(String team, String id, long after) {
    boolean ended =
        rows.extent(team, id)
            .map(EventRepository.Extent::ended)
            .orElseThrow(() -> JobReads.notFound(id).raise());
    List<JobEvent> events = rows.events(id, after, PIECE);
    long next = events.isEmpty() ? after : events.getLast().number();
    return new Following.Batch<>(events, next, ended && events.size() < PIECE);
  }

  /**
   * A place in the stream of all events, which is ordered by transaction.
   *
   * @param transaction a PostgreSQL transaction id
   */
  record Position(long transaction, String job, long number) {

    static Position parse(String text) {
      String[] parts = text.split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("Not a position: " + text);
      }
      return new Position(Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]));
    }

    String text() {
      return transaction + "-" + job + "-" + number;
    }
  }

  /** An event, and where it stands among all. */
  record Placed(Position position, JobEvent event) {}

  /**
   * A place that was given to somebody.
   *
   * @throws IllegalArgumentException when no event can stand there yet
   */
  @Transactional
  public Position position(String text) {
    Position position = Position.parse(text);
    if (position.transaction() > rows.oldestOpenTransaction()) {
      throw new IllegalArgumentException("Not a position yet: " + text);
    }
    return position;
  }

  /** The place after everything that is there at this moment. */
  @Transactional
  public Position now() {
    return new Position(rows.oldestOpenTransaction(), "", 0);
  }

  /**
   * Events of a team's jobs after a place. Transactions commit out of order, so only what is older
   * than the oldest open one is read: nothing can appear before a place that was passed.
   */
  @Transactional
  public Following.Batch<Position, Placed> ofTeam(String team, Position after) {
    List<Placed> events = rows.events(team, after, PIECE);
    Position next = events.isEmpty() ? after : events.getLast().position();
    return new Following.Batch<>(events, next, false);
  }
}
