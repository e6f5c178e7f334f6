/// How pages look: in light and in dark, on a telephone as on a desk.
enum StyleSheet {
    static let text = """
        :root { color-scheme: light dark; --ink: #1b2129; --soft: #5b6672; --paper: #ffffff; --card: #f5f7f9; --line: #d9dfe5;
          --link: #0b5cad; --bad: #b3261e; --bad-paper: #fdecea; --open: #7a5300; --open-paper: #fff4d6; --good: #1c6b38;
          --good-paper: #e5f5ea; --reference: #8b98a5; --window: #d9622b; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e5e9ee; --soft: #9aa6b2; --paper: #14181d; --card: #1c2228; --line: #333c45; --link: #7db7f2;
            --bad: #ff9d94; --bad-paper: #4a1d1a; --open: #f2cc6b; --open-paper: #41340f; --good: #8fd6a5; --good-paper: #163822;
            --reference: #6d7a87; --window: #f08a55; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: .75rem;
          padding-bottom: .75rem; border-bottom: 1px solid var(--line); }
        header .name { font-weight: 700; color: var(--ink); text-decoration: none; }
        nav a { margin-right: 1rem; }
        a { color: var(--link); }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
          outline: 3px solid var(--link); outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.25rem 0 .75rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
        footer { margin: 2rem auto; color: var(--soft); font-size: .875rem; }
        .soft { color: var(--soft); } .warn { color: var(--open); }
        .scroll { overflow-x: auto; margin: 0 0 1rem; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--soft); font-size: .875rem; white-space: nowrap; }
        tbody th { color: var(--ink); font-size: 1rem; }
        td.number, th.number { text-align: right; }
        td.wide { min-width: 16rem; overflow-wrap: anywhere; } time { white-space: nowrap; }
        td ul { margin: 0; padding-left: 1.1rem; }
        .mark { display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: var(--card); white-space: nowrap;
          font-size: .875rem; border: 1px solid var(--line); }
        .mark.bad { color: var(--bad); background: var(--bad-paper); border-color: transparent; }
        .mark.open { color: var(--open); background: var(--open-paper); border-color: transparent; }
        .mark.good { color: var(--good); background: var(--good-paper); border-color: transparent; }
        .choices a { display: inline-block; margin: 0 .25rem .35rem 0; padding: .15rem .7rem; border: 1px solid var(--line);
          border-radius: 1rem; text-decoration: none; }
        .choices a[aria-current] { background: var(--card); color: var(--ink); font-weight: 600; border-color: var(--soft); }
        form { margin: 0; } form.fields { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
        form.fields p { margin: 0; } form.fields + form.fields { margin-top: .75rem; }
        label { display: block; font-size: .875rem; color: var(--soft); }
        input, select, button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft);
          border-radius: .35rem; padding: .25rem .7rem; max-width: 100%; }
        button { cursor: pointer; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem 1.5rem; margin: 0 0 1rem; }
        dt { font-size: .875rem; color: var(--soft); } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; min-width: 0; }
        .card h3 { margin: 0 0 .35rem; font-size: 1rem; overflow-wrap: anywhere; }
        .card.bad { border-color: var(--bad); }
        .card p { margin: .35rem 0; } .card table { font-size: .875rem; }
        svg.bins { display: block; width: 100%; height: 5rem; border-bottom: 1px solid var(--soft); }
        svg.bins .reference, i.reference { fill: var(--reference); background: var(--reference); }
        svg.bins .window, i.window { fill: var(--window); background: var(--window); }
        i.reference, i.window { display: inline-block; width: .75rem; height: .75rem; margin: 0 .25rem 0 .5rem; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); padding: .5rem; margin: .25rem 0;
          font-size: .8125rem; max-height: 20rem; overflow-y: auto; }
        @media (max-width: 40rem) {
          body { font-size: .9375rem; } button, select, input { padding: .4rem .8rem; } nav a { display: inline-block; padding: .25rem 0; }
          /* What does not fit beside each other stands below each other, each part with its name. */
          table.stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; min-width: 0; }
          .stack thead { position: absolute; left: -100rem; }
          .stack tr { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem;
            margin-bottom: .75rem; overflow-wrap: anywhere; }
          .stack th, .stack td, .stack td.number { border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
          .stack td:empty { display: none; }
          .stack td[data-name]::before { content: attr(data-name) "\\a0"; color: var(--soft); font-size: .875rem; }
          .stack td > form { margin-top: .35rem; } }
        summary { cursor: pointer; color: var(--link); }

        """
}
