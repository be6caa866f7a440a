# Compiler, warnings, hardening, linker: one place for what every target shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# What src/ finds is linked by the programs of fuzz/ and bench/ too, through the rooms.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

option(VIGIL_WERROR "Treat warnings as errors: on where Vigil is developed and in CI" OFF)
option(VIGIL_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
set(VIGIL_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms on std::string::insert and operator+ (GCC bug 105651, fixed in 13) and on
  # std::optional (GCC bug 80635); the sanitizers and clang-tidy look for the real ones.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's own std::stable_sort uses what it deprecates.
  add_compile_options(-Wno-deprecated-declarations)
endif()
if(VIGIL_WERROR)
  add_compile_options(-Werror)
endif()

# Object files do not depend on where the checkout lies, so that ccache serves every clone.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -fdiagnostics-color=auto)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

if(VIGIL_SANITIZE)
  add_compile_options(-fsanitize=${VIGIL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VIGIL_SANITIZE})
else()
  add_compile_options(-fstack-protector-strong -fstack-clash-protection -fcf-protection)
  add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -D_GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,--as-needed)
endif()
if(VIGIL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(VIGIL_CCACHE ccache)
if(VIGIL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${VIGIL_CCACHE})
endif()

find_program(VIGIL_MOLD mold)
if(VIGIL_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(-fuse-ld=lld-19)
endif()
