# Run by embed_files at build time; see Embed.cmake.
string(REPLACE "," ";" names "${NAMES}")
set(arrays "")
set(rows "")
set(index 0)
foreach(name IN LISTS names)
	file(READ "${ROOT}/${name}" hex HEX)
	string(LENGTH "${hex}" digits)
	math(EXPR length "${digits} / 2")
	string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
	string(REGEX REPLACE "\\.mustache$" "" shown "${name}")
	string(APPEND arrays "static const unsigned char file${index}[] = {${bytes}0};\n")
	string(APPEND rows "\t{\"${shown}\", (const char *)file${index}, ${length}},\n")
	math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}" "/* Made by cmake/EmbedFiles.cmake from templates/. */
#include \"output/templates.h\"

${arrays}
const struct embedded_template embedded_templates[] = {
${rows}\t{NULL, NULL, 0},
};
")
