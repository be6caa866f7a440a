#include "server/session/password_rules.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

std::string refusal(std::string_view password, std::string_view user = "alice") {
  const auto checked = check_password(password, user);
  return checked ? std::string() : checked.error().what;
}

TEST(PasswordRules, LengthIsCountedInCharacters) {
  EXPECT_EQ(refusal("zebra-canoe"), "A password has at least 12 characters.");
  EXPECT_EQ(refusal("zebra-canoe2"), "");
  EXPECT_EQ(refusal("ÄÖÜäöüßéèêë"), "A password has at least 12 characters.");  // eleven
  EXPECT_EQ(refusal("ÄÖÜäöüßéèêëç"), "");
  std::string longest;
  for (int i = 0; longest.size() < 256; ++i) longest += std::to_string(i * i);
  longest.resize(256);
  EXPECT_EQ(refusal(longest), "");
  EXPECT_EQ(refusal(longest + "x"), "A password has at most 256 characters.");
}

TEST(PasswordRules, NoKindOfCharacterIsAskedFor) {
  EXPECT_EQ(refusal("a river below the bridge"), "");
  EXPECT_EQ(refusal("wvtrkqhbzmxj"), "");
  EXPECT_EQ(refusal("739105284613"), "");
}

TEST(PasswordRules, TheNameOfTheUserIsNoPassword) {
  const std::string name = "margaret.hamilton";
  for (const char* password :
       {"margaret.hamilton", "Margaret.Hamilton", "margaret.hamilton1!", "2026margaret.hamilton"}) {
    EXPECT_EQ(refusal(password, name), "The password is the name of its user.") << password;
  }
  EXPECT_EQ(refusal("margaret.hamilton went to the moon", name), "");
}

TEST(PasswordRules, WhatEverybodyTriesIsRefused) {
  for (const char* password : {"password1234", "PassWord1234", "qwertyuiop[]", "1q2w3e4r5t6y"}) {
    EXPECT_EQ(refusal(password), "The password is among the first that are guessed.") << password;
  }
  for (const char* password : {"aaaaaaaaaaaa", "passwordpassword", "abc1abc1abc1", "123456789012",
                               "abcdefghijklm", "098765432109", "ZYXWVUTSRQPO"}) {
    EXPECT_EQ(refusal(password), "The password is a repetition or a run of characters.")
        << password;
  }
}

}  // namespace
}  // namespace vigil::server
