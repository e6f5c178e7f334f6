-- One row a request, each with an id of its own. Arguments: the content type, the number of the run, the row.
local before, after, count = "", "", 0
function init(arguments)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = arguments[1]
  local row = arguments[3]
  local from, to = row:find("@ID@", 1, true)
  before = row:sub(1, from - 1) .. arguments[2] .. "-"
  after = row:sub(to + 1)
end
function request()
  count = count + 1
  return wrk.format(nil, nil, nil, before .. count .. after)
end
