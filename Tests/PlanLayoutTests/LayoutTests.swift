import PlanLayout
import PlanSyntax
import PlanText
import Testing

@Suite("The canonical layout") struct LayoutTests {
  @Test("Levels are two blanks, lists stand below their key, blanks and line ends are one kind")
  func indentation() {
    expectLayout(
      "\u{FEFF}sites:\r\n     paris:   \r\n        servers: [ a,b ]\r\n        list:\r\n        -   one\r\n        -\r\n           key:   v\r\n           more: w\r\n        - - x\r\n          - y",
      """
      sites:
        paris:
          servers: [a, b]
          list:
            - one
            - key: v
              more: w
            - - x
              - y

      """)
  }

  @Test("Empty lines: one for several, none at the start of a file or of what a key opens")
  func emptyLines() {
    expectLayout(
      "\n\na: 1\n\n\nb:\n\n  c: 2\n  \n  d: 3\n\n\n",
      "a: 1\n\nb:\n  c: 2\n\n  d: 3\n")
  }

  @Test("Comments stay above what they stood above, with its indentation") func commentsAbove() {
    expectLayout(
      """
      # top

      sites:
      # about paris
          paris:
                # about clients
              clients: 1
              # database: sql-server
          # about berlin
          berlin:
              clients: 2
        # of the sites
      # end of file
      """,
      """
      # top

      sites:
        # about paris
        paris:
          # about clients
          clients: 1
          # database: sql-server
        # about berlin
        berlin:
          clients: 2
      # of the sites
      # end of file

      """)
  }

  @Test("Comments behind the lines of a paragraph stand in one column") func commentsBehind() {
    expectLayout(
      """
      a: 1 # one
      long-key: value      # two
      # between
      b: 2
      c:   # opens
        d: 3 #three

      e: 4             # alone
      a-very-long-key-that-is-too-wide: to push the comments of others away      # wide
      f: 5 # five
      """,
      """
      a: 1             # one
      long-key: value  # two
      # between
      b: 2
      c:               # opens
        d: 3           #three

      e: 4  # alone
      a-very-long-key-that-is-too-wide: to push the comments of others away  # wide
      f: 5  # five

      """)
  }

  @Test("A comment between a key and its value stays there") func commentsBetween() {
    expectLayout(
      "a: # why\n     value\nb:\n   # above\n      - 1\n- c\n".replacing("- c\n", with: "")
        + "d:\n  - # item\n    x: 1\n    y: 2\n",
      """
      a:   # why
        value
      b:
        # above
        - 1
      d:
        -  # item
          x: 1
          y: 2

      """)
  }

  @Test("Quotes, numbers, dates and words stay as they are written") func scalars() {
    let text = """
      a: "1.10"
      b: 1.10
      c: no
      d: 'no'
      e: 2026-01-01
      f: ""
      g: ' blanks '
      h: "a: b #c"
      i: ~
      j:
      k: !!str 12
      l: "tab\\t\\u00e9"
      'm n': C:\\waltz

      """
    expectLayout(text, text)
  }

  @Test("A flow collection stays on one line while it fits and holds no comment") func flow() {
    expectLayout(
      """
      a: {b: 1,c: [ x,'y' , "z"],}
      d: { }
      e: [ ]
      f: {
        g: 1,
        h: 2
      }
      i: {j: , k: 1}
      l: [m: 1, {? n : o}]
      p: {
        q: 1, # why
        # above
        r: {s: 1}
        # last
      } # behind
      """,
      """
      a: { b: 1, c: [x, 'y', "z"] }
      d: {}
      e: []
      f: { g: 1, h: 2 }
      i: { j: , k: 1 }
      l: [{ m: 1 }, { n: o }]
      p:
        q: 1  # why
        # above
        r: { s: 1 }
        # last
      # behind

      """)
  }

  @Test("A flow collection that is too wide becomes a block, and what is in it only where it must")
  func wideFlow() {
    let long = String(repeating: "x", count: 60)
    expectLayout(
      "site: { address: \(long), second: [\(long), [a, b]], third: { c: d } }\n- x\n"
        .replacing("- x\n", with: ""),
      """
      site:
        address: \(long)
        second: [\(long), [a, b]]
        third: { c: d }

      """)
    expectLayout(
      "list:\n  - { address: \(long), other: \(long) }\n  - [\(long), \(long)]\n",
      """
      list:
        - address: \(long)
          other: \(long)
        - - \(long)
          - \(long)

      """)
  }

  @Test("Text blocks keep their lines, whatever their indentation was") func textBlocks() {
    expectLayout(
      """
      a: |      # header
            one
              two

            three
      b: >-
       folded
       text

      c: |+
          kept


      d: |2
          indented
        less
      e:
          - |
           item
          - last: |-
                 end
      """,
      """
      a: |  # header
        one
          two

        three
      b: >-
        folded
        text

      c: |+
        kept


      d: |2
          indented
        less
      e:
        - |
          item
        - last: |-
            end

      """)
  }

  @Test("Values over several lines keep them") func multiline() {
    expectLayout(
      "a: one\n        two\n\n        three   \nb: \"x \\\n    y\\ \n    z\"\nc: 'p\n  q'\n",
      "a: one\n  two\n\n  three\nb: \"x \\\n  y\\ \n  z\"\nc: 'p\n  q'\n")
  }

  @Test("Anchors, aliases and tags keep their names and places") func anchors() {
    expectLayout(
      """
      base:   &base
            adopted: 98%
      list: &l  [a, &x b,*x ]
      *x : 1
      other: {k: *base,  *x : 2}
      tagged: !!map   &m
        a: !!str b
      item:
        - &i
          a: 1
        - *i
      """,
      """
      base: &base
        adopted: 98%
      list: &l [a, &x b, *x]
      *x : 1
      other: { k: *base, *x : 2 }
      tagged: !!map &m
        a: !!str b
      item:
        - &i
          a: 1
        - *i

      """)
  }

  @Test("A comment that finds its place in a second round is there at once") func secondRound() {
    expectLayout("? 4 #\n: [ #\n[]]\n", "? 4  #\n#\n: - []\n")
  }

  @Test("A byte order mark takes no column") func mark() {
    expectLayout("\u{FEFF}a: 1\nb: |3\n    x\n", "a: 1\nb: |2\n   x\n")
  }

  @Test("A text that would become a document's marker stays where it is") func markers() {
    for text in [" ---", " ... \n", "  --- :   1\n", " ---\n #  so\n"] { expectLayout(text, text) }
    expectLayout("a:   ---\nb: ----\n", "a: ---\nb: ----\n")
  }

  // libyaml ends an anchor where a character can be none of its name, blank or not.
  @Test("A value right behind its anchor stays the same value") func anchorWithoutBlank() {
    expectLayout("&tate:::: =}\n", "&tate :::: =}\n")
  }

  @Test("Document markers and directives stay, each with its comments") func documents() {
    expectLayout(
      """
      # first
      %YAML 1.2   # version
      ---    # start
      a: 1
      ...   # end
      # between
      ---

      b: 2
        # tail of b

      ---
      {c: 3}
      """,
      """
      # first
      %YAML 1.2  # version
      ---        # start
      a: 1
      ...        # end
      # between
      ---
      b: 2
      # tail of b

      ---
      { c: 3 }

      """)
  }

  @Test("Keys behind a question mark lose it where they can") func marks() {
    expectLayout(
      "? a\n: b\n? 'two\n  lines'\n: - c\n  - d\n? e # why\n: f\n",
      "a: b\n? 'two\n  lines'\n: - c\n  - d\n? e  # why\n: f\n")
  }

  @Test("What is no YAML is refused with what is wrong") func refused() {
    guard case .refused(let diagnostics) = layout("a: [1\nb: 2\n") else {
      Issue.record("not refused")
      return
    }
    #expect(diagnostics.hasErrors)
  }
}
