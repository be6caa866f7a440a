#include "version/scheme.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_invalid;
using testing::expect_order;

TEST(OpamVersion, ExampleOfTheManual) {
  expect_order("opam",
               "~~ < ~ < ~beta2 < ~beta10 < 0.1 < 1.0~beta < 1.0 < 1.0-test < 1.0.1 < 1.0.10 < "
               "dev < trunk");
}

TEST(OpamVersion, CompilerReleases) {
  expect_order("opam",
               "3.07 < 3.07+1 < 3.07+2 < 3.08.0 < 4.00.0 < 4.14.0~alpha1 < 4.14.0 < 4.14.0+options "
               "< 4.14.1 < 5 = 5-0 < 5.0.0");
}

TEST(OpamVersion, OrdersOpam) {
  const Scheme* scheme = scheme_of_ecosystem("opam");
  ASSERT_NE(scheme, nullptr);
  EXPECT_EQ(scheme->name, "opam");
}

TEST(OpamVersion, RefusesOtherCharacters) {
  expect_invalid("opam", {"", "1:1.0", "1.0 ", "1.0/2", "\xc3\xa9"});
}

}  // namespace
}  // namespace vigil::version
