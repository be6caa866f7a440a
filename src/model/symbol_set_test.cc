#include "model/symbol_set.h"

#include <gtest/gtest.h>

namespace vigil::model {
namespace {

TEST(SymbolSet, ContainsWhatWasPutIn) {
  const std::vector<std::string_view> names = {"net/http.(*Server).Serve", "pkg.List[...].Push",
                                               "golang.org/x/text/language.Parse"};
  const SymbolSet set = SymbolSet::of(names);
  EXPECT_EQ(set.size(), 3U);
  EXPECT_TRUE(set.contains("net/http.Server.Serve")) << "as the vulnerability database writes it";
  EXPECT_TRUE(set.contains("net/http.(*Server).Serve"));
  EXPECT_TRUE(set.contains("pkg.List.Push"));
  EXPECT_TRUE(set.contains("pkg.(*List[go.shape.int]).Push"));
  EXPECT_TRUE(set.contains("golang.org/x/text/language.Parse"));
  EXPECT_FALSE(set.contains("golang.org/x/text/language.ParseAcceptLanguage"));
  EXPECT_FALSE(set.contains("net/http.Serve"));
}

TEST(SymbolSet, SurvivesAsText) {
  std::vector<std::string> names;
  for (int i = 0; i < 10'000; ++i)
    names.push_back("example.org/package.Function" + std::to_string(i));
  const std::vector<std::string_view> views(names.begin(), names.end());
  const SymbolSet set = SymbolSet::of(views);
  const std::string text = set.text();
  EXPECT_LT(text.size(), 26'000U) << "small enough for an inventory";
  const auto read = SymbolSet::parse(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text(), text);
  std::size_t wrong = 0;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_TRUE(read->contains(names[static_cast<std::size_t>(i)]));
    wrong += read->contains("example.org/package.Other" + std::to_string(i)) ? 1U : 0U;
  }
  EXPECT_LT(wrong, 30U) << "about 6 are expected";
}

TEST(SymbolSet, TheFormOfItsTextIsFixed) {
  EXPECT_EQ(SymbolSet({1, 300, 300, 0xFFFFFF}).text(), "1AasC0/3/Bw==");
  EXPECT_EQ(SymbolSet().text(), "1");
  EXPECT_TRUE(SymbolSet::parse("1")->empty());
  EXPECT_EQ(SymbolSet::hash("main.main"), SymbolSet::hash("(main).main"));
}

TEST(SymbolSet, DamageIsAnError) {
  for (const char* text : {"", "2AasC", "1A", "1!!!!", "1//////8=", "1gICAgAA=", "1gA=="}) {
    EXPECT_FALSE(SymbolSet::parse(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::model
