#include "intel/believe.h"

#include <gtest/gtest.h>

namespace vigil::intel {
namespace {

using model::FixState;
using Kept = std::vector<std::size_t>;

TEST(Believe, DistributionTakesTheHighestAuthority) {
  EXPECT_EQ(
      believed({{10, false, FixState::Fixed, 1}, {30, false, FixState::NotAffected, 2}}, true),
      Kept{1});
}

TEST(Believe, ReleasedFixBeatsNoFixYet) {
  EXPECT_EQ(believed({{30, false, FixState::Affected, 1}, {25, false, FixState::Fixed, 2}}, true),
            Kept{1});
  EXPECT_EQ(believed({{30, false, FixState::Deferred, 1}, {25, false, FixState::Fixed, 2}}, true),
            Kept{1});
}

TEST(Believe, FixKnownToAnExportDoesNotBeatNotAffected) {
  EXPECT_EQ(
      believed({{30, false, FixState::NotAffected, 1}, {20, false, FixState::Fixed, 2}}, true),
      Kept{0});
}

TEST(Believe, FixSeenInTheArchiveBeatsNotAffected) {
  const int archive = kArchiveAuthority;
  EXPECT_EQ(
      believed({{30, false, FixState::NotAffected, 1}, {archive, false, FixState::Fixed, 2}}, true),
      Kept{1});
}

TEST(Believe, TrackersFixedVersionBeatsTheArchives) {
  const int archive = kArchiveAuthority;
  EXPECT_EQ(believed({{30, false, FixState::Fixed, 1}, {archive, false, FixState::Fixed, 2}}, true),
            Kept{0});
}

TEST(Believe, LanguagesTakeEverySource) {
  EXPECT_EQ(believed({{0, false, FixState::Fixed, 1}, {0, false, FixState::Fixed, 2}}, false),
            (Kept{0, 1}));
}

TEST(Believe, HomeDatabaseStandsAlone) {
  EXPECT_EQ(believed({{0, false, FixState::Fixed, 1}, {0, true, FixState::Fixed, 2}}, false),
            Kept{1});
}

TEST(Believe, NothingOfNothing) {
  EXPECT_TRUE(believed({}, true).empty());
  EXPECT_TRUE(believed({}, false).empty());
}

}  // namespace
}  // namespace vigil::intel
