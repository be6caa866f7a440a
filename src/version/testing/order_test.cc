#include "version/testing/order_test.h"

#include "base/text.h"
#include "version/scheme.h"

namespace vigil::version::testing {
namespace {

struct Link {
  std::string_view version;
  int level;  ///< versions of one level are equal, of a higher one greater
};

std::vector<Link> parse_chain(std::string_view chain) {
  std::vector<Link> links;
  int level = 0;
  for (const std::string_view word : base::words(chain)) {
    if (word == "<") {
      ++level;
    } else if (word != "=") {
      links.push_back({word, level});
    }
  }
  return links;
}

}  // namespace

void expect_order(std::string_view scheme, std::string_view chain) {
  const Scheme* rules = find_scheme(scheme);
  ASSERT_NE(rules, nullptr) << "no scheme " << scheme;
  const std::vector<Link> links = parse_chain(chain);
  ASSERT_GE(links.size(), 2u) << chain;
  for (const Link& a : links) {
    for (const Link& b : links) {
      const Result<std::strong_ordering> order = compare(*rules, a.version, b.version);
      ASSERT_TRUE(order) << order.error().text();
      EXPECT_EQ(*order, a.level <=> b.level)
          << a.version << " against " << b.version << " in: " << chain;
    }
  }
}

void expect_invalid(std::string_view scheme, const std::vector<std::string_view>& versions) {
  const Scheme* rules = find_scheme(scheme);
  ASSERT_NE(rules, nullptr) << "no scheme " << scheme;
  for (const std::string_view version : versions) {
    const Result<Key> key = rules->key(version);
    ASSERT_FALSE(key) << scheme << " accepts '" << version << "'";
    EXPECT_FALSE(key.error().what.empty()) << version;
  }
}

void expect_valid(std::string_view scheme, const std::vector<std::string_view>& versions) {
  const Scheme* rules = find_scheme(scheme);
  ASSERT_NE(rules, nullptr) << "no scheme " << scheme;
  for (const std::string_view version : versions) {
    const Result<Key> key = rules->key(version);
    EXPECT_TRUE(key) << scheme << " refuses '" << version << "': " << key.error().text();
  }
}

}  // namespace vigil::version::testing
