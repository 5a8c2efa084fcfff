"""One page with everything that a page may hold."""

EVERYTHING = """\
(whole-page)=
# Page of *everything* and `code`

A paragraph with *emphasis*, **strong words**, ***both***, `code as it is`, a hard\\
break, and another\x20\x20
one. A [link with **strong words**](https://example.org/a), an address
<https://example.org/b>, a letter <someone@example.org>, [another page](other.md),
[](other.md), [its place](#other-place) and {ref}`other-place`, {doc}`other`. There is
{numref}`things`, and a picture, {numref}`picture-poster`. The year is {{ year }}.[^first]

## Lists

- bullet one
- bullet two
  - nested bullet

    nested second paragraph
  - nested *other*
    1. deep number
- | head of list | value |
  |---|--:|
  | cell of list | word |

5. starts at five
6. goes on

   > quoted in a list

3) with a bracket

term one
: meaning one

term two
: meaning two[^second]

  second paragraph of a meaning

## Quotations and remarks

> quoted words
>
> > quoted deeper
>
> - quoted bullet

````{note}
note words with *emphasis*

```{warning}
warning within
```
````

:::{tip}
tip words
:::

```{important}
important words
```

### Code

```
code block <b>x</b> *not emphasis*
  moved in
```

~~~text
other code
~~~

#### A small heading

| head one | head `two` |
|:---|:-:|
| left cell | *middle* [cell](other.md)[^first] |
| pipe \\| cell | {{ year }} |

```{exhibit} things
```

```{callout} remark
```

```{picture} poster
```

\\*not emphasis\\* and \\{\\{ not a name \\}\\} and 1 < 2 & 3.

## From the data

```{outline} sections
```

[^first]: first footnote with *emphasis* and [a link](https://example.org/c)

[^second]: second footnote

    with a second paragraph
"""
OTHER = """\
# Other page

(other-place)=
## Other place

Back to [everything](#whole-page) and [](index.md).
"""
