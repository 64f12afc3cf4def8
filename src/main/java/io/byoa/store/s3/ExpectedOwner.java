package io.byoa.store.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Has every call of a client say which account must own the bucket, whoever forgets it: S3 then
 * refuses calls that somebody led to a bucket of the same name.
 *
 * @param account 12 digits
 */
record ExpectedOwner(String account) implements ExecutionInterceptor {

  /** A header; links carry it as a parameter of the same name. */
  static final String NAME = "x-amz-expected-bucket-owner";

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().putHeader(NAME, account).build();
  }
}
