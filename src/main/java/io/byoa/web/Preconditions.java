package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a request sets ({@code If-Match}, {@code If-None-Match}; RFC 9110 section
 * 13); a {@code @BeanParam} of routes that answer or take an {@link ETag}.
 *
 * @param ifMatch the header's values, as they came
 * @param ifNoneMatch the header's values, as they came
 */
public record Preconditions(
    @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(schema = @Schema(type = SchemaType.STRING))
        @Nullable List<String> ifMatch,
    @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(schema = @Schema(type = SchemaType.STRING))
        @Nullable List<String> ifNoneMatch) {

  private static final Pattern TAG =
      Pattern.compile("\\G[\\s,]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?=,|$)[\\s,]*");
  private static final Pattern OURS = Pattern.compile("[\\x21\\x23-\\x7e]{1,200}");

  /**
   * The answer to a read: 304 when the client has this state already, otherwise 200 with the body;
   * both with the tag.
   *
   * @param body made only when it is needed
   */
  public Response read(ETag current, Supplier<?> body) {
    return answer(current, body).build().toResponse();
  }

  /** As {@link #read}, for a route that says what its body is. */
  public <T> RestResponse.ResponseBuilder<T> answer(ETag current, Supplier<? extends T> body) {
    RestResponse.ResponseBuilder<T> answer =
        unchanged(current)
            ? RestResponse.ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED)
            : RestResponse.ResponseBuilder.ok(body.get());
    return answer.header(HttpHeaders.ETAG, current.toString());
  }

  /** Whether {@code If-None-Match} names this state: the client has it already. */
  public boolean unchanged(ETag current) {
    Tags tags = Tags.parse("If-None-Match", ifNoneMatch);
    return tags != null
        && (tags.any || tags.strong.contains(current) || tags.weak.contains(current));
  }

  /** Whether there is an {@code If-None-Match} at all; decides what waiting waits for. */
  public boolean asksForChange() {
    return ifNoneMatch != null && !ifNoneMatch.isEmpty();
  }

  /**
   * Refuses a change of something that exists unless the client knows its current state.
   *
   * @throws io.byoa.common.FailureException 428 without {@code If-Match}, 412 when it names another
   *     state; {@code *} is any state
   */
  public void requireMatch(ETag current) {
    Tags tags = Tags.parse("If-Match", ifMatch);
    if (tags == null) {
      throw new Failure.PreconditionRequired(
              "if-match-required",
              "Send If-Match with the ETag that you last read, or 'If-Match: *' to change whatever"
                  + " is there.")
          .raise();
    }
    if (!tags.any && !tags.strong.contains(current)) {
      throw new Failure.PreconditionFailed(
              "stale",
              "This has changed since you read it: its ETag is "
                  + current
                  + " now. Read it again, and repeat the change if it still makes sense.")
          .raise();
    }
  }

  /**
   * For a route that creates what is missing: refuses {@code If-Match} on something that does not
   * exist.
   */
  public void requireNoMatch() {
    if (Tags.parse("If-Match", ifMatch) != null) {
      throw new Failure.PreconditionFailed(
              "stale", "If-Match names a state of something that does not exist.")
          .raise();
    }
  }

  /** What one of the two headers lists. */
  private record Tags(boolean any, List<ETag> strong, List<ETag> weak) {

    static @Nullable Tags parse(String header, @Nullable List<String> values) {
      if (values == null || values.isEmpty()) {
        return null;
      }
      String all = String.join(",", values).strip();
      if (all.equals("*")) {
        return new Tags(true, List.of(), List.of());
      }
      List<ETag> strong = new ArrayList<>();
      List<ETag> weak = new ArrayList<>();
      Matcher tag = TAG.matcher(all);
      int end = 0;
      while (end < all.length() && tag.find()) {
        end = tag.end();
        // A tag that none of ours can equal is no error, it just never matches.
        if (OURS.matcher(tag.group(2)).matches()) {
          (tag.group(1) == null ? strong : weak).add(new ETag(tag.group(2)));
        }
      }
      if (end < all.length()) {
        String detail =
            header + " must be '*' or entity tags in double quotes, such as \"v7\"; found " + all;
        throw new Failure.Malformed(
                "precondition-malformed", detail, List.of(new Violation("", detail)))
            .raise();
      }
      return new Tags(false, strong, weak);
    }
  }
}
