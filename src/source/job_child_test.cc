#include "source/job_child.h"

#include <gtest/gtest.h>

namespace vigil::source {
namespace {

TEST(JobAnswer, KeepsTextsAndErrors) {
  EXPECT_EQ(parse_answer(write_answer(std::string("text"))).value(), "text");
  EXPECT_EQ(parse_answer(write_answer(std::string())).value(), "");
  const auto read =
      parse_answer(write_answer(fail("what\n\"", "where", "hint", ErrorCode::TooLarge)));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().what, "what\n\"");
  EXPECT_EQ(read.error().where, "where");
  EXPECT_EQ(read.error().hint, "hint");
  EXPECT_EQ(read.error().code, ErrorCode::TooLarge);
}

TEST(JobAnswer, NothingIsACrash) {
  for (const std::string_view text : {"", "x", "-", "-{"}) {
    EXPECT_FALSE(parse_answer(text)) << text;
  }
  EXPECT_EQ(parse_answer("").error().code, ErrorCode::Crashed);
}

TEST(Job, RunsInThisProcessWhereTheProgramCannotStartItselfAgain) {
  ASSERT_FALSE(is_isolated()) << "the tests of a room define no vigil_runs_jobs";
  const auto answer = run_job("scan", R"({"target":"nothing"})", {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().where, "nothing");
  EXPECT_EQ(run_job("no-such-job", "", {}).error().what, "there is no such job");
}

}  // namespace
}  // namespace vigil::source
