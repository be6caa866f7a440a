#include "api/dispatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace vigil::api {
namespace {

using ::testing::Contains;
using ::testing::Pair;

TEST(Operations, HaveInputsWhoseNotationIsRight) {
  for (const Operation* operation : all_operations()) {
    const auto shape = input_shape(*operation);
    EXPECT_TRUE(shape) << operation->name << ": " << shape.error().text();
    EXPECT_NE(operation->run, nullptr);
  }
}

TEST(Operations, HavePlacesOfTheirOwn) {
  std::set<std::pair<std::string_view, std::string_view>> places;
  for (const Operation* operation : all_operations()) {
    EXPECT_TRUE(places.emplace(operation->method, operation->uri).second) << operation->name;
    EXPECT_TRUE(operation->service == "inspector2" || operation->service == "inspector-scan");
  }
}

TEST(Dispatch, WhatIsNoOperationIsSaidAsAwsSaysIt) {
  estate::Estate estate(nullptr, {});
  const Caller caller{"123456789012", "tester", "us-east-1"};
  for (const auto& [method, path] : std::vector<std::pair<const char*, const char*>>{
           {"POST", "/findings/lists"}, {"GET", "/findings/list"}, {"POST", "/"}, {"POST", ""}}) {
    const Reply reply = dispatch(estate, caller,
                                 {.service = "inspector2",
                                  .method = method,
                                  .path = path,
                                  .query = "",
                                  .body = "{}",
                                  .request_id = "r-1"},
                                 0);
    EXPECT_EQ(reply.status, 404);
    EXPECT_THAT(reply.headers, Contains(Pair("x-amzn-ErrorType", "UnknownOperationException")));
    EXPECT_THAT(reply.headers, Contains(Pair("x-amzn-RequestId", "r-1")));
    EXPECT_THAT(reply.headers, Contains(Pair("Content-Type", "application/json")));
    EXPECT_EQ(reply.operation, "");
  }
}

TEST(ErrorReply, CarriesTypeMessageAndMembers) {
  const Reply reply = error_reply(validation_error("wrong", {{"maxResults", "too many"}}), "");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.error, "ValidationException");
  EXPECT_EQ(reply.body, R"({"message":"wrong","reason":"FIELD_VALIDATION_FAILED",)"
                        R"("fields":[{"name":"maxResults","message":"too many"}]})");
}

TEST(ErrorReply, TellsTheCallerNothingOfTheInside) {
  const Reply reply = error_reply(internal(Error{"disk full", "/var/lib", "", ErrorCode::Io}), "");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.headers, Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(reply.body, ::testing::Not(::testing::HasSubstr("disk")));
  ASSERT_TRUE(reply.cause);
  EXPECT_EQ(reply.cause->what, "disk full");
}

TEST(ErrorReply, ABusyStoreIsWorthAnotherTry) {
  const Reply reply = error_reply(internal(Error{"locked", "", "", ErrorCode::Busy}), "");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.error, "ThrottlingException");
  EXPECT_THAT(reply.headers, Contains(Pair("Retry-After", "1")));
}

}  // namespace
}  // namespace vigil::api
