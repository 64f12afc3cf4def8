package io.byoa.job.launch;

import io.byoa.algorithm.descriptor.Channel;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.job.JobRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the inputs of a launch against the channels that the version declares; pure. */
final class LaunchInputs {

  private static final Pattern S3 =
      Pattern.compile(
          // As S3 names buckets: no address of a machine, and no two dots in a row.
          "s3://(?!\\d+\\.\\d+\\.\\d+\\.\\d+(?:/|$))(?![^/]*\\.\\.)"
              + "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^\\p{Cntrl}#?\\\\]*)?");
  private static final Pattern DATASET =
      Pattern.compile("dataset:[a-z0-9](-?[a-z0-9])*(@sha256:[0-9a-f]{64})?");

  private final List<Channel> channels;
  private final FileRoots roots;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  LaunchInputs(List<Channel> channels, FileRoots roots) {
    this.channels = channels;
    this.roots = roots;
  }

  /** The inputs that are sound; the others are among the violations. */
  SortedMap<String, JobRequest.Input> check(Map<String, JobRequest.Input> asked) {
    Map<String, Channel> known = new LinkedHashMap<>();
    channels.forEach(channel -> known.put(channel.name(), channel));
    SortedMap<String, JobRequest.Input> sound = new TreeMap<>();
    asked.forEach((name, input) -> {
      String pointer = Violation.step("/inputs", name);
      Channel channel = known.get(name);
      if (channel == null) {
        String hint = Nearest.endOfSentence(name, known.keySet());
        violations.add(
            new Violation(
                pointer,
                "The version has no channel '%s'%s It has: %s."
                    .formatted(
                        name, hint, known.isEmpty() ? "none" : String.join(", ", known.keySet()))));
        return;
      }
      boolean taken = checkType(pointer, channel, input.contentType());
      if (checkUri(pointer, input.uri()) && taken) {
        sound.put(name, input);
      }
    });
    for (Channel channel : channels) {
      if (channel.required() && !asked.containsKey(channel.name())) {
        violations.add(
            new Violation(
                Violation.step("/inputs", channel.name()),
                "The channel '%s' is required; give it a dataset, such as \"dataset:name\"."
                    .formatted(channel.name())));
      }
    }
    return sound;
  }

  List<Violation> violations() {
    return violations;
  }

  /** What is accepted but may surprise. */
  List<String> notices() {
    return notices;
  }

  private boolean checkType(String pointer, Channel channel, @Nullable String type) {
    if (type == null || channel.takes(type)) {
      return true;
    }
    violations.add(
        new Violation(
            Violation.step(pointer, "contentType"),
            "The channel '%s' does not take '%s'. It takes: %s."
                .formatted(channel.name(), type, String.join(", ", channel.contentTypes()))));
    return false;
  }

  private boolean checkUri(String pointer, String uri) {
    String fault;
    if (uri.startsWith("dataset:")) {
      fault =
          DATASET.matcher(uri).matches()
              ? ""
              : "'%s' is not a dataset reference; write dataset:name or dataset:name@sha256:…"
                  .formatted(uri);
    } else if (uri.startsWith("s3://")) {
      fault =
          S3.matcher(uri).matches()
              ? ""
              : "'%s' is not an S3 prefix; write s3://bucket/prefix/ without '#', '?' or user names. The bucket's name has 3 to 63 of a-z, 0-9, '-' and '.'."
                  .formatted(uri);
      if (fault.isEmpty() && !uri.endsWith("/")) {
        notices.add(
            "'%s' has no trailing slash, so it also matches what merely begins like that, such as '%s2/'."
                .formatted(uri, uri));
      }
    } else if (uri.startsWith("file:")) {
      fault = fileFault(uri);
    } else {
      fault =
          "'%s' cannot be read from. An input is dataset:name, s3://bucket/prefix/, or file:///folder where the operator allows it."
              .formatted(uri);
    }
    if (!fault.isEmpty()) {
      violations.add(new Violation(pointer, fault));
    }
    return fault.isEmpty();
  }

  private String fileFault(String uri) {
    try {
      URI parsed = new URI(uri);
      boolean plain =
          parsed.getRawQuery() == null
              && parsed.getRawFragment() == null
              && (parsed.getRawAuthority() == null || parsed.getRawAuthority().isEmpty())
              && parsed.getPath() != null
              && parsed.getPath().startsWith("/");
      if (!plain) {
        return "'%s' is not a local file; write file:///folder/file.".formatted(uri);
      }
      return roots.faultOf(parsed.getPath());
    } catch (URISyntaxException e) {
      return "'%s' is not a URI.".formatted(uri);
    }
  }
}
