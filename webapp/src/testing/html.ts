/** What other pages and programs put on the clipboard, much of it nothing that a document may hold. */
export const ODD_HTML: readonly string[] = [
  '<p>one <b>two</b></p><p>three</p>',
  '<h2>Head</h2><ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>',
  '<script>alert(1)</script><style>p { color: red }</style><p onclick="x()">text</p>',
  '<table><thead><tr><th>h</th><th>i</th></tr></thead><tr><td><p>a</p></td><td><ul><li>b</li></ul></td></tr></table>',
  '<p>before <img src="x.png" alt="a picture" onerror="x()"> after</p>',
  '<a href="javascript:alert(1)">bad</a> <a href="//evil.example">worse</a> <a href="https://a.b/">good</a>',
  '<h5>deep</h5><hr><hr><p>end',
  '<pre><code class="language-go">x := 1\ny\n</code></pre>after',
  '<pre><code class="language-not(a)name">z</code></pre>',
  '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><p>done</p></li></ul>',
  '<blockquote><blockquote><p>twice</p><h1>quoted</h1></blockquote></blockquote>',
  '<ul><li><p>a</p><p>b</p><blockquote>c</blockquote></li></ul><p data-indent="9">in</p>',
  '<li data-skip="99">loose</li><form><input value="v"><button>press</button></form><svg><a href="javascript:x">s</a></svg>',
  'line<br>break <font color="red">red</font> <span class="divider" data-divider></span>',
  '<div><div>😀<i>x</i></div></div>\u0000\ud83d<math><mi>m</mi></math>',
  '',
];
