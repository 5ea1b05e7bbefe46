# Turns files into one C source: an array of {name, text, length} rows ended by a NULL name,
# declared in output/templates.h. The name is the path below `root` without ".mustache".
function(embed_files out root)
	set(inputs)
	foreach(file IN LISTS ARGN)
		list(APPEND inputs ${root}/${file})
	endforeach()
	string(REPLACE ";" "," names "${ARGN}")
	add_custom_command(OUTPUT ${out}
		COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${root} -DNAMES=${names}
			-P ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
		DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
		VERBATIM)
endfunction()
