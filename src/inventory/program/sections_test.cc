#include "inventory/program/sections.h"

#include <gtest/gtest.h>

#include "inventory/testing/workshop_test.h"

namespace vigil::inventory {
namespace {

using testing::Workshop;

TEST(Sections, OfAnElfThatTheCompilerMade) {
  VIGIL_NEEDS("gcc");
  const Workshop shop;
  shop.write("a.c",
             "__attribute__((section(\".mine\"), used)) const char mine[] = \"in my section\";\n"
             "int changed = 7;\nint main(void) { return changed; }\n");
  ASSERT_TRUE(shop.run("gcc -o wide a.c")) << shop.read("log");
  const std::string file = shop.read("wide");
  const auto programs = read_programs(file);
  ASSERT_EQ(programs.size(), 1U);
  const Program& program = programs[0];
  EXPECT_EQ(program.format, ProgramFormat::Elf);
  EXPECT_EQ(program.bits, 64U);
  const Section* const mine = program.section(".mine");
  ASSERT_NE(mine, nullptr);
  EXPECT_EQ(mine->content, std::string_view("in my section", 14));
  EXPECT_FALSE(mine->writable);
  EXPECT_EQ(program.at(mine->address).substr(0, 13), "in my section");
  EXPECT_EQ(file.substr(mine->offset, 13), "in my section");
  ASSERT_NE(program.section(".text"), nullptr);
  EXPECT_TRUE(program.section(".text")->executable);
  EXPECT_TRUE(program.section(".data")->writable);
  EXPECT_TRUE(program.section(".bss")->content.empty());
  EXPECT_EQ(program.section(".none"), nullptr);
}

TEST(Sections, OfProgramsForOtherSystems) {
  VIGIL_NEEDS("go");
  if (std::getenv("VIGIL_SLOW_TESTS") == nullptr) {
    GTEST_SKIP() << "compiling Go's library six times takes minutes: set VIGIL_SLOW_TESTS";
  }
  const Workshop shop;
  shop.write("go.mod", "module example.org/a\n\ngo 1.19\n")
      .write("a.go", "package main\n\nfunc main() {}\n");
  struct Case {
    const char* system;
    const char* processor;
    ProgramFormat format;
    unsigned bits;
    bool big_endian;
    const char* text;
  };
  for (const Case& one : {Case{"linux", "386", ProgramFormat::Elf, 32, false, ".text"},
                          Case{"linux", "s390x", ProgramFormat::Elf, 64, true, ".text"},
                          Case{"linux", "mips", ProgramFormat::Elf, 32, true, ".text"},
                          Case{"windows", "amd64", ProgramFormat::Pe, 64, false, ".text"},
                          Case{"windows", "386", ProgramFormat::Pe, 32, false, ".text"},
                          Case{"darwin", "arm64", ProgramFormat::MachO, 64, false, "__text"}}) {
    const std::string target = std::string(one.system) + "/" + one.processor;
    ASSERT_TRUE(shop.run(std::string("GOFLAGS=-mod=mod GOTOOLCHAIN=local GOOS=") + one.system +
                         " GOARCH=" + one.processor + " go build -o out ."))
        << target << shop.read("log");
    const std::string file = shop.read("out");
    const auto programs = read_programs(file);
    ASSERT_EQ(programs.size(), 1U) << target;
    EXPECT_EQ(programs[0].format, one.format) << target;
    EXPECT_EQ(programs[0].bits, one.bits) << target;
    EXPECT_EQ(programs[0].big_endian, one.big_endian) << target;
    const Section* const text = programs[0].section(one.text);
    ASSERT_NE(text, nullptr) << target;
    EXPECT_TRUE(text->executable) << target;
    EXPECT_GT(text->content.size(), 100'000U) << target;
    EXPECT_EQ(programs[0].at(text->address).data(), text->content.data()) << target;
  }
}

TEST(Sections, OfAnObjectInOtherFormats) {
  VIGIL_NEEDS("gcc");
  VIGIL_NEEDS("objcopy");
  const Workshop shop;
  shop.write("a.c", "__attribute__((section(\".mine\"), used)) char mine[] = \"in my section\";\n");
  ASSERT_TRUE(shop.run("gcc -nostdlib -static -Wl,-e,0 -o a a.c")) << shop.read("log");
  ASSERT_TRUE(shop.run("objcopy -O elf32-i386 a narrow")) << shop.read("log");
  ASSERT_TRUE(shop.run("objcopy -j .mine -O pei-x86-64 a pe")) << shop.read("log");
  const std::string narrow = shop.read("narrow");
  const auto elf = read_programs(narrow);
  ASSERT_EQ(elf.size(), 1U);
  EXPECT_EQ(elf[0].bits, 32U);
  ASSERT_NE(elf[0].section(".mine"), nullptr);
  EXPECT_EQ(elf[0].section(".mine")->content, std::string_view("in my section", 14));
  const std::string windows = shop.read("pe");
  const auto pe = read_programs(windows);
  ASSERT_EQ(pe.size(), 1U);
  EXPECT_EQ(pe[0].format, ProgramFormat::Pe);
  ASSERT_NE(pe[0].section(".mine"), nullptr);
  EXPECT_EQ(pe[0].section(".mine")->content, std::string_view("in my section", 14));
  EXPECT_TRUE(pe[0].section(".mine")->writable);
}

/// A Mach-O with one segment of one section, "x" 32 times.
std::string mach_o() {
  const auto number = [](std::uint64_t value, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i)
      out.push_back(i < 8 ? static_cast<char>(value >> (8 * i)) : '\0');
    return out;
  };
  const auto name = [](std::string text) {
    text.resize(16);
    return text;
  };
  std::string file = "\xcf\xfa\xed\xfe" + number(0x01000007, 4) + number(3, 4) + number(2, 4) +
                     number(1, 4) + number(152, 4) + number(0, 8);
  file += number(0x19, 4) + number(152, 4) + name("__TEXT") + number(0x1000, 8) + number(4096, 8) +
          number(0, 8) + number(216, 8) + number(7, 4) + number(5, 4) + number(1, 4) + number(0, 4);
  file += name("__text") + name("__TEXT") + number(0x1000 + 184, 8) + number(32, 8) +
          number(184, 4) + number(0, 28);
  return file + std::string(32, 'x');
}

TEST(Sections, OfAMachO) {
  const std::string file = mach_o();
  const auto programs = read_programs(file);
  ASSERT_EQ(programs.size(), 1U);
  EXPECT_EQ(programs[0].format, ProgramFormat::MachO);
  const Section* const text = programs[0].section("__text");
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->content, std::string(32, 'x'));
  EXPECT_TRUE(text->executable);
  EXPECT_EQ(programs[0].at(text->address).size(), 32U);
}

/// Two Mach-O headers without commands, for two processors.
std::string fat_file() {
  std::string file("\xca\xfe\xba\xbe\0\0\0\2", 8);
  file.append("\x01\0\0\x07\0\0\0\3\0\0\0\x40\0\0\0\x20\0\0\0\0", 20);
  file.append("\x01\0\0\x0c\0\0\0\0\0\0\0\x60\0\0\0\x20\0\0\0\0", 20);
  file.resize(0x40);
  file.append("\xcf\xfa\xed\xfe\x07\0\0\1", 8).append(24, '\0');
  file.append("\xcf\xfa\xed\xfe\x0c\0\0\1", 8).append(24, '\0');
  return file;
}

TEST(Sections, OfAFileForSeveralProcessors) {
  const std::string file = fat_file();
  const auto programs = read_programs(file);
  ASSERT_EQ(programs.size(), 2U);
  EXPECT_EQ(programs[0].machine, 7U);
  EXPECT_EQ(programs[1].machine, 12U);
  EXPECT_EQ(programs[1].content.size(), 32U);
}

TEST(Sections, WhatIsCutShortGivesWhatIsThere) {
  VIGIL_NEEDS("gcc");
  const Workshop shop;
  shop.write("a.c", "int main(void) { return 0; }\n");
  ASSERT_TRUE(shop.run("gcc -o a a.c"));
  const std::string file = shop.read("a");
  for (std::size_t size = 0; size < file.size(); size += size < 2000 ? 1 : 97) {
    const std::string part = file.substr(0, size);
    for (const Program& program : read_programs(part)) {
      for (const Section& section : program.sections) {
        EXPECT_TRUE(section.content.empty() ||
                    (section.content.data() >= part.data() &&
                     section.content.data() + section.content.size() <= part.data() + part.size()));
      }
    }
  }
  EXPECT_TRUE(read_programs("").empty());
  EXPECT_TRUE(read_programs("#!/bin/sh").empty());
  EXPECT_TRUE(read_programs("MZ").empty());
  EXPECT_TRUE(read_programs(std::string_view("\xca\xfe\xba\xbe\0\0\0\x34", 8)).empty())
      << "a class of Java";
}

TEST(Sections, NumbersAreReadInTheProgramsOrder) {
  Program program;
  EXPECT_EQ(program.number("\1\2\3\4", 0, 4), 0x04030201U);
  program.big_endian = true;
  EXPECT_EQ(program.number("\1\2\3\4", 0, 4), 0x01020304U);
  EXPECT_EQ(program.number("\1\2\3\4", 2, 2), 0x0304U);
  EXPECT_FALSE(program.number("\1\2\3\4", 2, 4));
  EXPECT_FALSE(program.number("\1\2\3\4", ~std::uint64_t{0}, 4));
}

}  // namespace
}  // namespace vigil::inventory
