#include "cli/terminal.h"

#include "cli/table.h"
#include "cli/wrap.h"

namespace vigil::cli {
namespace {

constexpr Terminal kPipe{};

Terminal narrow(std::size_t width) {
  return {.is_terminal = true, .colour = false, .width = width};
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
  struct Case {
    std::string_view text;
    std::size_t width;
  };
  for (const Case& c : {Case{"", 0}, Case{"abc", 3}, Case{"é", 1}, Case{"日本", 4},
                        Case{"e\u0301", 1}, Case{"\x1b[31mred\x1b[0m", 3}, Case{"…", 1}}) {
    EXPECT_EQ(display_width(c.text), c.width) << c.text;
  }
}

TEST(Shorten, CutsAtTheWidthWithASign) {
  EXPECT_EQ(shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(shorten("abcdef", 5), "abcd…");
  EXPECT_EQ(shorten("abcdef", 1), "…");
  EXPECT_EQ(shorten("abcdef", 0), "");
}

TEST(Shorten, NeverCutsACharacterInTwo) {
  EXPECT_EQ(shorten("日本語", 5), "日本…");
  EXPECT_EQ(shorten("日本語", 4), "日…");
  EXPECT_EQ(shorten("ééé", 2), "é…");
}

TEST(Paint, NothingOnAPipe) {
  EXPECT_EQ(kPipe.paint(Colour::Red, "x", true), "x");
  EXPECT_EQ(kPipe.bold("x"), "x");
}

TEST(Paint, EndsWhatItBegins) {
  const Terminal terminal{.is_terminal = true, .colour = true, .width = 80};
  EXPECT_EQ(terminal.paint(Colour::Red, "x", true), "\x1b[1;31mx\x1b[0m");
  EXPECT_EQ(terminal.paint(Colour::Default, "x"), "x");
  EXPECT_EQ(display_width(terminal.paint(Colour::BrightRed, "abc", true)), 3U);
}

TEST(Paint, TheTextSteersNothing) {
  const Terminal terminal{.is_terminal = true, .colour = true, .width = 80};
  EXPECT_EQ(terminal.paint(Colour::Red, "a\x1b[2Jb"), "\x1b[31ma [2Jb\x1b[0m");
  EXPECT_EQ(kPipe.bold("a\x1b[2Jb"), "a [2Jb");
}

TEST(Plain, IsOneLineThatSteersNoTerminal) {
  struct Case {
    std::string_view text;
    std::string_view shown;
  };
  for (const Case& c : {
           Case{"libstdc++6 – größer 日本", "libstdc++6 – größer 日本"},
           Case{"a\x1b]0;title\ab", "a ]0;title b"},
           Case{"a\r\n\tb", "a   b"},
           Case{"\xC2\x9B"
                "2J",
                " 2J"},  // CSI as one C1 character
           Case{"\x9B"
                "2J",
                "\uFFFD"
                "2J"},                                // and as a raw byte
           Case{"a\u202Egnp.exe", "a\uFFFDgnp.exe"},  // right-to-left override
           Case{"\u2066x\u2069\u2014\u2065", "\uFFFDx\uFFFD\u2014\u2065"},  // isolates; a dash
           Case{"\u202A\u202E", "\uFFFD\uFFFD"},
       }) {
    EXPECT_EQ(plain(c.text), c.shown) << c.text;
  }
}

TEST(Hang, BreaksAtBlanksAndIndentsWhatFollows) {
  EXPECT_EQ(hang("one two three four five six seven eight", "  ", 2, 30),
            "  one two three four five six\n    seven eight\n");
}

TEST(Hang, KeepsParagraphsAndLongWords) {
  EXPECT_EQ(hang("a\nb", "", 0, 40), "a\nb\n");
  EXPECT_EQ(hang("", "  ", 0, 40), "");
  const std::string word(50, 'x');
  EXPECT_EQ(hang("a " + word + " b", "", 0, 30), "a\n" + word + "\nb\n");
}

const std::vector<Column> kColumns = {
    {.title = "NAME", .right = false, .least = 6, .flexible = true},
    {.title = "COUNT", .right = true}};

TEST(DrawTable, AlignsNumbersToTheRight) {
  EXPECT_EQ(draw_table(kPipe, kColumns, {{{"a"}, {"1"}}, {{"long name"}, {"1,000"}}}, "  "),
            "  NAME       COUNT\n"
            "  a              1\n"
            "  long name  1,000\n");
}

TEST(DrawTable, WideCharactersKeepTheColumns) {
  EXPECT_EQ(draw_table(kPipe, kColumns, {{{"日本"}, {"1"}}, {{"abcd"}, {"2"}}}),
            "NAME  COUNT\n日本      1\nabcd      2\n");
}

TEST(DrawTable, AFlexibleColumnGivesWayOnATerminal) {
  const std::string table =
      draw_table(narrow(20), kColumns, {{{"a very long name indeed"}, {"7"}}});
  EXPECT_EQ(table, "NAME           COUNT\na very long …      7\n");
}

TEST(DrawTable, NothingIsCutOnAPipe) {
  const std::string name(300, 'x');
  EXPECT_THAT(draw_table(kPipe, kColumns, {{{name}, {"7"}}}), ::testing::HasSubstr(name));
}

TEST(DrawTable, NotNarrowerThanTheLeast) {
  EXPECT_EQ(draw_table(narrow(8), kColumns, {{{"abcdefghij"}, {"7"}}}),
            "NAME    COUNT\nabcde…      7\n");
}

TEST(DrawTable, ACellIsOneLineThatSteersNothing) {
  EXPECT_EQ(draw_table(kPipe, kColumns, {{{"a\nb"}, {"1"}}, {{"\x1b[8mhid"}, {"2"}}}),
            "NAME     COUNT\na b          1\n [8mhid      2\n");
}

TEST(DrawTable, AMissingCellIsEmptyAndNoLineEndsInABlank) {
  EXPECT_EQ(draw_table(kPipe, {{.title = "A"}, {.title = "LONG TITLE"}}, {{{"x"}}, {{"y"}, {"z"}}}),
            "A  LONG TITLE\nx\ny  z\n");
}

}  // namespace
}  // namespace vigil::cli
