package io.byoa.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How large a request's body may be and how long it may take to arrive, on a resource method.
 * Without it: {@value #DEFAULT_BYTES} bytes within {@value #DEFAULT_SECONDS} s, plenty for JSON.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

  long DEFAULT_BYTES = 1 << 20;
  long DEFAULT_SECONDS = 30;

  /** Bytes; what is configurable is bounded again where it is read. */
  long bytes();

  /** From the first byte asked for to the last, so that nobody holds a thread by dripping. */
  long seconds();
}
