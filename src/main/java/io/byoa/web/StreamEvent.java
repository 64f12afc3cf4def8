package io.byoa.web;

import java.util.Optional;

/**
 * One event of an event stream.
 *
 * @param id where a client resumes that has seen this event; without one it resumes at the last
 *     event that had one
 * @param name the kind of event, such as {@code job}
 * @param data written as JSON on one line
 */
public record StreamEvent(Optional<String> id, String name, Object data) {

  public StreamEvent {
    if (id.isPresent() && !id.get().matches("[^\\r\\n\\x00]*")) {
      throw new IllegalArgumentException("An id is one line: " + id.get());
    }
    if (!name.matches("[a-z][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException("Not a name of an event: " + name);
    }
  }

  /** An event to resume after. */
  public static StreamEvent of(String id, String name, Object data) {
    return new StreamEvent(Optional.of(id), name, data);
  }
}
