package io.byoa.common.json;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Jackson's sentences about malformed text without its advice on how to program Jackson. */
final class MalformedJson {

  private MalformedJson() {}

  static String inOurWords(JsonProcessingException e) {
    String said = e.getOriginalMessage();
    if (said.contains("maybe a (non-standard) comment")) {
      return "comments are not allowed";
    }
    if (said.contains("ALLOW_NON_NUMERIC_NUMBERS")) {
      return "NaN and infinities are not numbers in JSON";
    }
    if (said.contains("(''' (code 39))")) {
      return "strings and names stand between double quotes";
    }
    String plain =
        said.replaceAll("\\s*\\(start marker at .*\\)", "")
            .replaceAll("\\s*\\((for|not recognized) .*\\)", "")
            .replaceAll(":? *\\(?enable .* to allow\\)?", "")
            .replaceAll("\\((\\(CTRL-CHAR), code (\\d+)\\)\\)", "(a control character, code $2)")
            .replaceAll(" \\(code \\d+[^)]*\\)", "")
            .replaceAll("\\s+", " ")
            .strip();
    return Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
  }
}
